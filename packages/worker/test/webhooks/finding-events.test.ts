import { formatId } from '@assayer/schema'
import { expect, test } from 'vitest'
import { until } from '../lab.ts'
import { addEndpoint, startSender } from './endpoints.ts'
import { arrived, openEvents, told } from './events.ts'
import { startReceiver } from './receiver.ts'

const events = openEvents()

test('confirmed findings at or above the floor are told one by one, once', async () => {
  const receiver = await startReceiver()
  await addEndpoint(events.db, receiver.url, { events: ['finding.created'], severityFloor: 'high' })
  startSender(events.db)
  const scanId = await events.runScan(3, 'high')
  await events.runScan(2, 'medium')
  await arrived(receiver.received, 3)
  await events.runScan(1, 'critical')
  await arrived(receiver.received, 4)
  const messages = told(receiver.received)
  expect(messages.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => 'finding.created'))
  expect(messages[0]).toMatchObject({
    data: { scanId: formatId('scan', scanId), finding: { severity: 'high', confirmed: true } },
  })
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
})

test('a thousand findings of a scan are told, and the last event says that there were more', async () => {
  const receiver = await startReceiver()
  const { id } = await addEndpoint(events.db, receiver.url, { events: ['finding.created', 'scan.finished'] })
  await events.runScan(1005)
  startSender(events.db)
  await until('the end', async () => told(receiver.received).some(({ type }) => type === 'scan.completed'))
  await until('all findings', async () => {
    const [row] = await events.db
      .sql`select count(*)::integer as n from webhook_deliveries where endpoint_id = ${id} and type = 'finding.created'`
    return row?.['n'] === 1000
  })
  expect(told(receiver.received).find(({ type }) => type === 'scan.completed')).toMatchObject({
    data: { truncated: true },
  })
})
