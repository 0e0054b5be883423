import { formatId } from '@assayer/schema'
import { getWebhookEndpoint, replayWebhookEvents, retryWebhookDelivery, tellEvents } from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { until } from '../lab.ts'
import { addEndpoint, startSender } from './endpoints.ts'
import { arrived, audit, openEvents, told } from './events.ts'
import { startReceiver } from './receiver.ts'

const events = openEvents()

test('what fails is tried again by the schedule with the same id and body, and a success ends it', async () => {
  let status = 500
  const receiver = await startReceiver((reply) => reply.writeHead(status).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.runScan()
  await until('the first failure', async () => (await events.deliveries(id))[0]?.tries === 1)
  const [waiting] = await events.deliveries(id)
  expect(waiting).toMatchObject({ state: 'pending', log: [{ status: 500, error: 'the receiver answered 500' }] })
  const wait = (waiting?.dueAt?.getTime() ?? 0) - Date.now()
  expect([wait > 2000, wait <= 6000]).toEqual([true, true])
  expect((await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id))?.failingSince).not.toBeNull()
  status = 204
  await events.db.sql`update webhook_deliveries set due_at = now()`
  await until('the success', async () => (await events.deliveries(id))[0]?.state === 'delivered')
  const [first, second] = receiver.received
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect((await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id))?.failingSince).toBeNull()
})

test('the tenth failure makes it a dead letter, which can be sent again with all tries before it', async () => {
  let status = 500
  const receiver = await startReceiver((reply) => reply.writeHead(status).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.runScan()
  await until('the first try', async () => (await events.deliveries(id))[0]?.tries === 1)
  await events.db.sql`update webhook_deliveries set tries = 9, due_at = now()`
  const dead = await until(
    'death',
    async () => (await events.deliveries(id)).find(({ state }) => state === 'dead') ?? null,
  )
  expect(dead).toMatchObject({ tries: 10, dueAt: null })
  status = 200
  expect(await retryWebhookDelivery(events.db.sql, events.db.workspaceId, dead.id, audit())).toBe(true)
  await until('the success', async () => (await events.deliveries(id))[0]?.state === 'delivered')
})

test.each([429, 500, 502, 503, 504])('Retry-After of a receiver that answers %i is honoured', async (status) => {
  const receiver = await startReceiver((reply) => reply.writeHead(status, { 'Retry-After': '3600' }).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.runScan()
  await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
  const [row] = await events.deliveries(id)
  expect((row?.dueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_500_000)
})

test('Retry-After of what is no matter of time is not', async () => {
  const receiver = await startReceiver((reply) => reply.writeHead(403, { 'Retry-After': '3600' }).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.runScan()
  await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
  const [row] = await events.deliveries(id)
  expect((row?.dueAt?.getTime() ?? 0) - Date.now()).toBeLessThan(3_500_000)
})

test('410 disables an endpoint at once, and those that asked are told', async () => {
  const gone = await startReceiver((reply) => reply.writeHead(410).end())
  const watcher = await startReceiver()
  const { id } = await addEndpoint(events.db, gone.url)
  await addEndpoint(events.db, watcher.url, { events: ['endpoint.disabled'] })
  startSender(events.db)
  await events.runScan()
  await arrived(watcher.received, 1)
  expect(told(watcher.received)).toMatchObject([
    {
      type: 'endpoint.disabled',
      data: { endpoint: { id: formatId('webhook-endpoint', id), disabledReason: 'gone', enabled: false } },
    },
  ])
  expect(await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id)).toMatchObject({
    enabled: false,
    disabledReason: 'gone',
  })
  expect((await events.deliveries(id)).map(({ state }) => state)).toEqual(['dead'])
  await events.runScan()
  await tellEvents(events.db.sql)
  expect(await events.deliveries(id)).toHaveLength(1)
})

test('an endpoint that failed for five days is disabled; one that fails for less is not', async () => {
  const receiver = await startReceiver((reply) => reply.writeHead(500).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.db.sql`
    update webhook_endpoints set failing_since = now() - interval '4 days', failed_at = now() - interval '29 hours'`
  await events.runScan()
  await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
  expect((await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id))?.enabled).toBe(true)
  await events.db.sql`update webhook_endpoints set failing_since = now() - interval '6 days'`
  await events.db.sql`update webhook_deliveries set due_at = now()`
  await until(
    'the end',
    async () => (await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id))?.enabled === false,
  )
  expect(await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id)).toMatchObject({
    disabledReason: 'failing',
  })
  expect((await events.deliveries(id)).map(({ state }) => state)).toEqual(['dead'])
})

test('days in which nothing was tried are not days of failing', async () => {
  const receiver = await startReceiver((reply) => reply.writeHead(500).end())
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.db.sql`
    update webhook_endpoints set failing_since = now() - interval '9 days', failed_at = now() - interval '6 days'`
  await events.runScan()
  await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
  const endpoint = await getWebhookEndpoint(events.db.sql, events.db.workspaceId, id)
  expect([endpoint?.enabled, (endpoint?.failingSince?.getTime() ?? 0) > Date.now() - 3_600_000]).toEqual([true, true])
  expect(await events.deliveries(id)).toMatchObject([{ state: 'pending' }])
})

test('what the worker cannot make is a failed try with a word in its log, not one that is tried for ever', async () => {
  const receiver = await startReceiver()
  const { id } = await addEndpoint(events.db, receiver.url)
  await events.runScan()
  await tellEvents(events.db.sql)
  await events.db.sql`update webhook_deliveries set scan_id = null`
  startSender(events.db)
  await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
  expect((await events.deliveries(id))[0]).toMatchObject({
    state: 'pending',
    log: [{ status: null, error: 'not-made: the log of the worker says why' }],
  })
  expect(receiver.received).toEqual([])
})

test('a replay sends again what was delivered, what died, and what came while the endpoint was disabled', async () => {
  const receiver = await startReceiver()
  const { id } = await addEndpoint(events.db, receiver.url)
  startSender(events.db)
  await events.runScan()
  await arrived(receiver.received, 1)
  await events.db.sql`update webhook_endpoints set enabled = false, disabled_reason = 'gone'`
  await events.runScan()
  await until(
    'told to nobody',
    async () => (await events.db.sql`select from outbox where told_at is null`).length === 0,
  )
  const since = new Date(Date.now() - 60_000)
  expect(await replayWebhookEvents(events.db.sql, events.db.workspaceId, id, since, audit())).toBeNull()
  await events.db.sql`update webhook_endpoints set enabled = true, disabled_reason = null`
  expect(await replayWebhookEvents(events.db.sql, events.db.workspaceId, id, since, audit())).toEqual({
    due: 2,
    nextSince: null,
  })
  await arrived(receiver.received, 3)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect([new Set(ids).size, ids[0] === ids[1] || ids[0] === ids[2]]).toEqual([2, true])
  const later = new Date(Date.now() + 60_000)
  expect(await replayWebhookEvents(events.db.sql, events.db.workspaceId, id, later, audit())).toEqual({
    due: 0,
    nextSince: null,
  })
})
