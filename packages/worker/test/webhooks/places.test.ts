import { newId } from '@assayer/schema'
import { claimDeliveries, reapDeliveries, releaseDelivery, tellEvents } from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { addEndpoint, startSender } from './endpoints.ts'
import { arrived, openEvents } from './events.ts'
import { startReceiver } from './receiver.ts'

const events = openEvents()
/** No try ends by itself while a test runs. */
const endless = { deadlineMs: 300_000, leaseMs: 300_000 }

test('a silent endpoint delays no other', async () => {
  const silent = await startReceiver(() => {})
  const quick = await startReceiver()
  for (let n = 0; n < 3; n++) await addEndpoint(events.db, silent.url)
  await addEndpoint(events.db, quick.url)
  startSender(events.db, { slots: 64, ...endless })
  for (let n = 0; n < 10; n++) await events.runScan()
  await arrived(quick.received, 10)
  expect(silent.received.length).toBeGreaterThan(0)
})

test('nine endpoints that died together, each with more due than it may have, leave places for one that is well', async () => {
  const silent = await startReceiver(() => {})
  const quick = await startReceiver()
  for (let n = 0; n < 9; n++) await addEndpoint(events.db, silent.url)
  for (let n = 0; n < 17; n++) await events.runScan()
  startSender(events.db, { slots: 128, ...endless })
  // All that are not reserved.
  await arrived(silent.received, 96)
  await addEndpoint(events.db, quick.url)
  await events.runScan()
  await arrived(quick.received, 1)
  expect(silent.received).toHaveLength(96)
})

test('endpoints that fail take no reserved place', async () => {
  const silent = await startReceiver(() => {})
  const quick = await startReceiver()
  for (let n = 0; n < 10; n++) await addEndpoint(events.db, silent.url)
  await events.db.sql`update webhook_endpoints set failing_since = now(), failed_at = now()`
  for (let n = 0; n < 2; n++) await events.runScan()
  startSender(events.db, { slots: 8, ...endless })
  await arrived(silent.received, 6)
  await addEndpoint(events.db, quick.url)
  await events.runScan()
  await arrived(quick.received, 1)
  expect(silent.received).toHaveLength(6)
})

test.each([1, 2, 3, 5])('a sender of %i places sends all that is due', async (slots) => {
  const receiver = await startReceiver()
  for (let n = 0; n < 2; n++) await addEndpoint(events.db, receiver.url)
  for (let n = 0; n < 4; n++) await events.runScan()
  startSender(events.db, { slots })
  await arrived(receiver.received, 8)
})

test('what is given back to an endpoint that was disabled meanwhile is not sent, and becomes dead', async () => {
  const { sql } = events.db
  const worker = () => ({ id: newId(), leaseMs: 30_000, most: 10 })
  const [off, on] = [
    await addEndpoint(events.db, 'https://a.example'),
    await addEndpoint(events.db, 'https://b.example'),
  ]
  await events.runScan()
  await tellEvents(sql)
  for (const one of await claimDeliveries(sql, worker())) {
    await sql`update webhook_endpoints set enabled = false where id = ${off.id}`
    expect(await releaseDelivery(sql, one)).toBe(true)
  }
  expect((await claimDeliveries(sql, worker())).map(({ endpointId }) => endpointId)).toEqual([on.id])
  await reapDeliveries(sql)
  expect(await events.deliveries(off.id)).toMatchObject([
    { state: 'dead', tries: 0, endedAt: expect.any(Date) as Date },
  ])
  expect(await events.deliveries(on.id)).toMatchObject([{ state: 'sending' }])
})

test('what waits for an endpoint that is enabled is left to wait', async () => {
  const { sql } = events.db
  const { id } = await addEndpoint(events.db, 'https://a.example')
  await events.runScan()
  await tellEvents(sql)
  await reapDeliveries(sql)
  expect(await events.deliveries(id)).toMatchObject([{ state: 'pending' }])
})
