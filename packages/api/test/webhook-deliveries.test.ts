import { parseId } from '@assayer/schema'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(() => api.db.sql`truncate triggers, webhook_endpoints, outbox cascade`)
afterAll(() => api.close())

type Delivery = { id: string; triggerId: string | null; endpointId: string | null; state: string }
type Page = { data: Delivery[]; nextCursor: string | null }
type Made = { id: string }
const list = (query: string, more = {}) => api.send<Page & ProblemBody>('GET', `/v1/webhook-deliveries?${query}`, more)

async function makeEndpoint(change: object = {}): Promise<Made & { uuid: string }> {
  const body = { url: 'https://hooks.example.com/a', ...change }
  const { id } = (await api.send<Made>('POST', '/v1/webhook-endpoints', { body })).body
  return { id, uuid: parseId('webhook-endpoint', id) ?? '' }
}

async function makeTrigger(name: string): Promise<string> {
  const answer = { kind: 'github', token: 'a-token-of-a-forge', sarif: true }
  const body = { name, kind: 'github', order: { targets: ['https://app.example.com'] }, answer }
  return (await api.send<Made>('POST', '/v1/triggers', { body })).body.id
}

/** One delivery to each endpoint there is, in this state. */
const deliverAll = (state: 'dead' | 'pending') => api.db.sql`
  insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, sequence, event, event_at, state, ended_at)
  select workspace_id, time_ordered_id(), id, gen_random_uuid(), 'scan.completed', 1, '{}', now(), ${state},
    case when ${state === 'dead'} then now() end
  from webhook_endpoints`

test('the answers of one trigger are listed by its id, page by page and by state', async () => {
  const [one, two, endpoint] = [await makeTrigger('one'), await makeTrigger('two'), await makeEndpoint()]
  for (const state of ['dead', 'pending'] as const) await deliverAll(state)
  expect((await list('')).body.data).toHaveLength(10)
  const all = (await list(`triggerId=${one}`)).body.data
  expect(all.map(({ triggerId, endpointId }) => [triggerId, endpointId])).toEqual(
    Array.from({ length: 4 }, () => [one, null]),
  )
  expect((await list(`triggerId=${two}&state=dead`)).body.data).toMatchObject([
    { triggerId: two, state: 'dead' },
    { triggerId: two, state: 'dead' },
  ])
  const first = await list(`triggerId=${one}&limit=3`)
  const next = await list(`triggerId=${one}&limit=3&cursor=${first.body.nextCursor}`)
  expect([...first.body.data, ...next.body.data]).toEqual(all)
  expect(next.body.nextCursor).toBeNull()
  // An endpoint is no trigger's.
  expect((await list(`triggerId=${one}&endpointId=${endpoint.id}`)).body.data).toEqual([])
})

test("another workspace's trigger has no deliveries here, and what is no trigger's id is refused", async () => {
  const id = await makeTrigger('one')
  await deliverAll('dead')
  const key = await foreignKey(api.db)
  expect((await list(`triggerId=${id}`, { key })).body).toEqual({ data: [], nextCursor: null })
  for (const wrong of [id.replace('trg', 'whe'), 'trg_1', '']) {
    const { status, body } = await list(`triggerId=${wrong}`)
    expect([wrong, status, body.errors]).toMatchObject([wrong, 422, [{ in: 'query', name: 'triggerId' }]])
  }
})

const began = Date.parse('2026-11-20T00:00:00Z')

/** Events of an endpoint, one each 10 ms from the beginning on: `delivered` to it, then `missed` by it. */
async function past(uuid: string, delivered: number, missed: number): Promise<void> {
  const { sql } = api.db
  const at = sql`${new Date(began)}::timestamptz + n * interval '10 milliseconds' + interval '123 microseconds'`
  await sql`
    insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, sequence, event, event_at, state, ended_at)
    select workspace_id, time_ordered_id(), id, gen_random_uuid(), 'scan.completed', n, '{}', ${at}, 'delivered', now()
    from webhook_endpoints, generate_series(0, ${delivered}::integer - 1) n where id = ${uuid}`
  await sql`
    insert into outbox (workspace_id, id, kind, payload, created_at, told_at)
    select ${api.db.workspaceId}, gen_random_uuid(), 'scan.completed', '{}', ${at}, now()
    from generate_series(${delivered}::integer, ${delivered + missed}::integer - 1) n`
}

type Replay = { due: number; nextSince: string | null }
const replay = (id: string, since: string, headers = {}) =>
  api.send<Replay>('POST', `/v1/webhook-endpoints/${id}/replay?since=${since}`, { headers })
/** Ends what became due and says how many that were. */
const deliverDue = async () =>
  (await api.db.sql`update webhook_deliveries set state = 'dead', ended_at = now() where state = 'pending' returning 1`)
    .length

test('a replay of more than a thousand events says where to go on, and each becomes due once', async () => {
  const { id, uuid } = await makeEndpoint()
  await past(uuid, 1300, 1200)
  const dues: number[] = []
  for (let since: string | null = '2026-11-01T00:00:00Z', n = 0; since !== null && n < 10; n++) {
    const { status, body }: { status: number; body: Replay } = await replay(id, since)
    expect([status, await deliverDue()]).toEqual([202, body.due])
    dues.push(body.due)
    since = body.nextSince
  }
  expect(dues).toEqual([1000, 1000, 500])
  expect(await api.db.sql`select from webhook_deliveries`).toHaveLength(2500)
})

test('a replay begins at its time and is told again under its key, with where to go on', async () => {
  const { id, uuid } = await makeEndpoint()
  await past(uuid, 10, 1000)
  const since = new Date(began + 50).toISOString()
  const first = await replay(id, since, { 'Idempotency-Key': 'replay' })
  expect(first.body).toEqual({ due: 1000, nextSince: new Date(began + 10_041).toISOString() })
  const again = await replay(id, since, { 'Idempotency-Key': 'replay' })
  expect([again.headers.get('Idempotency-Replayed'), again.body]).toEqual(['true', first.body])
  expect((await replay(id, first.body.nextSince ?? '')).body).toEqual({ due: 5, nextSince: null })
})

test('events of one millisecond become due together, so that a replay of them goes on', async () => {
  const { id, uuid } = await makeEndpoint()
  await past(uuid, 1501, 0)
  await api.db.sql`
    update webhook_deliveries set event_at = ${new Date(began)}::timestamptz + sequence % 900 * interval '1 microsecond'
    where sequence < 1500`
  const first = await replay(id, new Date(began).toISOString())
  expect(first.body).toEqual({ due: 1500, nextSince: new Date(began + 1).toISOString() })
  expect((await replay(id, first.body.nextSince ?? '')).body).toEqual({ due: 1, nextSince: null })
})

test("another endpoint's past is not replayed, nor what this one did not ask for", async () => {
  const [endpoint, other] = [await makeEndpoint(), await makeEndpoint({ events: ['scan.started'] })]
  await past(endpoint.uuid, 3, 3)
  expect((await replay(other.id, '2026-11-01T00:00:00Z')).body).toEqual({ due: 0, nextSince: null })
  expect((await replay(endpoint.id, '2026-11-01T00:00:00Z')).body).toEqual({ due: 6, nextSince: null })
})
