import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  cancelWaitingShards,
  expireScans,
  removeAged,
  requestCancel,
  settleScan,
  tellEvents,
} from '../src/store/index.ts'
import type { Aging } from '../src/store/index.ts'
import { orderScan, testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const audit = () => ({ id: newId(), actor: { kind: 'key' as const, id: newId() }, requestId: null })

async function ended(days: number): Promise<string> {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  await requestCancel(sql, workspaceId, scanId, audit())
  await cancelWaitingShards(sql, workspaceId, scanId)
  await settleScan(sql, workspaceId, scanId)
  await sql`update scans set finished_at = now() - ${days} * interval '1 day', created_at = now() - interval '1000 days'
    where id = ${scanId}`
  return scanId
}

test('a scan goes so many days after its end, however old its order is; an open one never', async () => {
  const { sql, workspaceId } = db
  const [old, young, open] = [await ended(181), await ended(179), await orderScan(sql, workspaceId)]
  await sql`update scans set created_at = now() - interval '1000 days' where id = ${open}`
  expect([await expireScans(sql, 180), await expireScans(sql, 180)]).toEqual([1, 0])
  const gone = await sql<{ id: string }[]>`select id from scans where deleted_at is not null`
  expect(gone.map(({ id }) => id)).toEqual([old])
  expect(await sql`select from scans where id = any(${[young, open]}::uuid[]) and deleted_at is null`).toHaveLength(2)
})

test('of four that call it at once each scan is marked by one, 200 at most', async () => {
  const { sql } = db
  const scanId = await ended(400)
  await sql`
    insert into scans (workspace_id, id, state, priority, finished_at)
    select workspace_id, gen_random_uuid(), 'failed', 5, finished_at from scans, generate_series(1, 500) where id = ${scanId}`
  const counts = await Promise.all([1, 2, 3, 4].map(() => expireScans(sql, 180)))
  expect(Math.max(...counts)).toBeLessThanOrEqual(200)
  for (let n = 1; n > 0; counts.push(n)) n = await expireScans(sql, 180)
  expect(counts.reduce((a, b) => a + b, 0)).toBe(501)
})

test.each<[Aging, string]>([
  [
    'audit_events',
    `(workspace_id, id, actor, action, created_at) select $1, gen_random_uuid(), '{}', 'a', $2::timestamptz`,
  ],
  [
    'outbox',
    `(workspace_id, id, scan_id, kind, payload, created_at) select $1, gen_random_uuid(), gen_random_uuid(), 'k', '{}', $2::timestamptz`,
  ],
  [
    'idempotency_keys',
    `(workspace_id, key, fingerprint, status, created_at) select $1, gen_random_uuid()::text, sha256('a'), 202, $2::timestamptz`,
  ],
])('rows of %s go by their age, the oldest 5,000 at a time', async (table, values) => {
  const { sql, workspaceId } = db
  await sql.unsafe(`delete from ${table}`)
  const rows = `insert into ${table} ${values} - n * interval '1 second' from generate_series(1, $3::integer) n`
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  await sql.unsafe(rows, [workspaceId, ago(31), 6000])
  await sql.unsafe(rows, [workspaceId, ago(29), 10])
  expect([
    await removeAged(sql, table, 30),
    await removeAged(sql, table, 30),
    await removeAged(sql, table, 30),
  ]).toEqual([5000, 1000, 0])
  expect(await sql.unsafe(`select from ${table}`)).toHaveLength(10)
})

/** An endpoint that wants to hear of scans that were cancelled. */
async function endpoint(): Promise<string> {
  const [row] = await db.sql<{ id: string }[]>`
    insert into webhook_endpoints (workspace_id, id, kind, url, subscriptions, types, severity_floor, header_names,
      secret_sealed, created_by)
    values (${db.workspaceId}, ${newId()}, 'standard', 'https://h.example.com', '{scan.*}', '{scan.cancelled}', 'info', '{}',
      'x', '{}') returning id`
  return row?.id ?? ''
}

const isGone = async (scanId: string) =>
  (await db.sql`select from scans where id = ${scanId} and deleted_at is not null`).length > 0

test('a scan of which an endpoint has yet to hear stays, until it was told and the delivery ended', async () => {
  const { sql } = db
  await expireScans(sql, 180)
  const endpointId = await endpoint()
  const scanId = await ended(181)
  const stays = async () => [await expireScans(sql, 180), await isGone(scanId)]
  expect(await stays()).toEqual([0, false])
  while ((await tellEvents(sql)) > 0);
  const state = (to: string) => sql`
    update webhook_deliveries set state = ${to}, ended_at = ${to === 'delivered' ? sql`now()` : null},
      lease_until = ${to === 'sending' ? sql`now()` : null} where scan_id = ${scanId}`
  for (const to of ['pending', 'sending']) {
    expect((await state(to)).count).toBe(1)
    expect([to, await stays()]).toEqual([to, [0, false]])
  }
  await state('delivered')
  await sql`insert into confirmed_shards (workspace_id, scan_id, shard_id) values (${db.workspaceId}, ${scanId}, ${newId()})`
  expect(await stays()).toEqual([0, false])
  await sql`delete from confirmed_shards`
  expect(await stays()).toEqual([1, true])
  await sql`delete from webhook_endpoints where id = ${endpointId}`
})

test('an old event that an endpoint has yet to hear of stays, and an old delivery that has not ended', async () => {
  const { sql, workspaceId } = db
  const endpointId = await endpoint()
  await sql`delete from outbox`
  await sql`
    insert into outbox (workspace_id, id, kind, payload, created_at, told_at)
    select ${workspaceId}, gen_random_uuid(), kind, '{}', now() - interval '31 days', told
    from (values ('scan.cancelled', null), ('scan.cancelled', now()), ('scan.started', null)) as rows (kind, told)`
  await sql`
    insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, type, sequence, event, event_at, state, created_at,
      lease_until, ended_at)
    select ${workspaceId}, gen_random_uuid(), ${endpointId}, gen_random_uuid(), 'scan.cancelled', 1, '{}', now(), state,
      now() - interval '31 days', case state when 'sending' then now() end, case when state in ('delivered', 'dead') then now() end
    from unnest(array['pending', 'sending', 'delivered', 'dead']) state`
  expect([await removeAged(sql, 'outbox', 30), await removeAged(sql, 'webhook_deliveries', 30)]).toEqual([2, 2])
  expect([...(await sql`select kind, told_at from outbox`)]).toEqual([{ kind: 'scan.cancelled', told_at: null }])
  expect((await sql`select state from webhook_deliveries order by state`).map((row) => row['state'])).toEqual([
    'pending',
    'sending',
  ])
  await sql`delete from webhook_endpoints where id = ${endpointId}`
  expect(await removeAged(sql, 'outbox', 30)).toBe(1)
})
