import { endpointPlace, formatId, newId } from '@assayer/schema'
import { claimDeliveries, finishShard, markDelivered, markFailed, rotateWebhookSecret } from '@assayer/schema/store'
import { settleScan, tellEvents } from '@assayer/schema/store'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { claim } from '../../../schema/test/store-fixture.ts'
import { endOf, orderScan } from '../../../schema/test/testing.ts'
import { until } from '../lab.ts'
import { addEndpoint, sealer, startSender } from './endpoints.ts'
import { arrived, audit, openEvents, told } from './events.ts'
import { startReceiver } from './receiver.ts'

const events = openEvents()
type Message = ReturnType<typeof told>[number]

test('the end of a scan arrives once, signed so that the library of Standard Webhooks takes it', async () => {
  const receiver = await startReceiver()
  const { id, secret } = await addEndpoint(events.db, receiver.url, { headers: { 'X-Team': 'web' } })
  startSender(events.db)
  const scanId = await events.runScan()
  await arrived(receiver.received, 1)
  const [one] = receiver.received
  if (one === undefined) throw new Error('nothing came')
  const message = new Webhook(secret).verify(one.body, one.headers as Record<string, string>) as Message
  expect(message).toMatchObject({
    type: 'scan.completed',
    sequence: 1,
    data: { scan: { id: formatId('scan', scanId), state: 'completed', coverage: { covered: 1 } } },
  })
  expect(message.data.scan?.['url']).toBe(`https://assayer.example.com/v1/scans/${formatId('scan', scanId)}`)
  expect(one.headers).toMatchObject({ 'x-team': 'web', 'content-type': 'application/json' })
  expect(() => new Webhook(secret).verify(`${one.body} `, one.headers as Record<string, string>)).toThrow()
  await until('the mark', async () => (await events.deliveries(id))[0]?.state === 'delivered')
  expect(await events.deliveries(id)).toMatchObject([{ tries: 1, log: [{ status: 200, error: null }], body: one.body }])
  expect(receiver.received).toHaveLength(1)
})

test('an endpoint gets what it asked for: started, finished, or nothing', async () => {
  const [all, started, other] = [await startReceiver(), await startReceiver(), await startReceiver()]
  await addEndpoint(events.db, all.url, { events: ['scan.*'] })
  await addEndpoint(events.db, started.url, { events: ['scan.started'] })
  await addEndpoint(events.db, other.url, { events: ['scan.failed'] })
  startSender(events.db)
  await events.runScan()
  await arrived(all.received, 2)
  await arrived(started.received, 1)
  expect(
    told(all.received)
      .map(({ type }) => type)
      .toSorted(),
  ).toEqual(['scan.completed', 'scan.started'])
  expect(told(started.received)).toMatchObject([
    { type: 'scan.started', data: { scan: { state: 'running', finishedAt: null } } },
  ])
  expect(other.received).toEqual([])
})

test('while a secret is rotated both sign; afterwards the old one does not', async () => {
  const receiver = await startReceiver()
  const { id, secret } = await addEndpoint(events.db, receiver.url)
  const fresh = `whsec_${btoa('n'.repeat(32))}`
  const secretSealed = await sealer.seal(fresh, endpointPlace(id, 'secret'))
  const rotation = { version: 1, secretSealed, overlapSeconds: 60, idempotency: null }
  expect(await rotateWebhookSecret(events.db.sql, events.db.workspaceId, id, rotation, audit())).not.toBeNull()
  startSender(events.db)
  await events.runScan()
  await arrived(receiver.received, 1)
  const verify = (key: string, at: number) => {
    const { body = '', headers = {} } = receiver.received[at] ?? {}
    return new Webhook(key).verify(body, headers as Record<string, string>)
  }
  for (const key of [secret, fresh]) expect(() => verify(key, 0)).not.toThrow()
  await events.db.sql`update webhook_endpoints set previous_secret_until = now()`
  await events.runScan()
  await arrived(receiver.received, 2)
  expect(() => verify(fresh, 1)).not.toThrow()
  expect(() => verify(secret, 1)).toThrow()
})

test('first tries begin in sequence', async () => {
  const receiver = await startReceiver()
  await addEndpoint(events.db, receiver.url)
  for (let n = 0; n < 30; n++) await events.runScan()
  await tellEvents(events.db.sql)
  startSender(events.db, { slots: 1 })
  await arrived(receiver.received, 30)
  expect(told(receiver.received).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
})

test('two senders send each event once', async () => {
  const receiver = await startReceiver()
  await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  startSender(events.db)
  for (let n = 0; n < 20; n++) await events.runScan()
  await arrived(receiver.received, 20)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(20)
  expect(ids).toHaveLength(20)
})

test('what a dead sender had claimed is sent again under its id, and what it says later changes nothing', async () => {
  const receiver = await startReceiver()
  const { id } = await addEndpoint(events.db, receiver.url)
  await events.runScan()
  await tellEvents(events.db.sql)
  const [lost] = await claimDeliveries(events.db.sql, { id: newId(), leaseMs: 1, most: 5 })
  if (lost === undefined) throw new Error('nothing was claimed')
  startSender(events.db)
  await until('the success', async () => (await events.deliveries(id))[0]?.state === 'delivered')
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([formatId('event', lost.eventId)])
  const late = { at: new Date().toISOString(), durationMs: 1, status: 500, error: 'late' }
  expect(await markFailed(events.db.sql, lost, late, { waitMs: 0, gone: true })).toBeNull()
  expect(await markDelivered(events.db.sql, [{ key: lost, said: late }])).toEqual([false])
  expect((await events.deliveries(id))[0]).toMatchObject({ state: 'delivered', tries: 1 })
})

test('a sender that stops gives back what has no answer, uncounted', async () => {
  const silent = await startReceiver(() => {})
  const { id } = await addEndpoint(events.db, silent.url)
  const sender = startSender(events.db)
  await events.runScan()
  await arrived(silent.received, 1)
  await sender.stop()
  expect(await events.deliveries(id)).toMatchObject([{ state: 'pending', tries: 0, log: [] }])
})

test('a body over 20 kB is cut to state, counts and where the rest is', async () => {
  const receiver = await startReceiver()
  await addEndpoint(events.db, receiver.url)
  const { sql, workspaceId } = events.db
  const ids = Array.from({ length: 1000 }, (_, n) => `template-with-a-long-name-${n}`)
  const templates = { ids, tags: [], severities: [], protocols: [], excludeIds: [], excludeTags: [] }
  const scanId = await orderScan(sql, workspaceId, 1, { templates })
  const key = await claim(sql, newId())
  await finishShard(sql, key, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  startSender(events.db)
  await arrived(receiver.received, 1)
  expect(receiver.received[0]?.body.length).toBeLessThan(20_000)
  const id = formatId('scan', scanId)
  expect(Object.keys(told(receiver.received)[0]?.data.scan ?? {})).toEqual([
    'id',
    'state',
    'coverage',
    'findings',
    'url',
  ])
  expect(told(receiver.received)[0]?.data.scan).toMatchObject({ id, state: 'completed' })
})
