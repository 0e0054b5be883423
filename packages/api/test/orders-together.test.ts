import type { AcceptedScan, Sql } from '@assayer/schema/store'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshWorkspace, hold, waitingForLocks } from '../../schema/test/store-fixture.ts'
import { testOrder } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { createAcceptance } from '../src/order/acceptance.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
/** Statements that accept, as the tests' own `sql` sent them. */
let sent = 0
/** What is done with the reply of such a statement. */
let reply: (rows: readonly object[]) => unknown
let sql: Sql
beforeAll(async () => {
  api = await testApi()
  sql = new Proxy(api.db.sql, {
    apply(real, _, [first, ...rest]: [TemplateStringsArray, ...never[]]) {
      const statement = real(first, ...rest)
      if (!first.raw.join('').includes('insert into scans')) return statement
      sent++
      return statement.then((rows) => reply(rows))
    },
  })
})
beforeEach(() => {
  sent = 0
  reply = (rows) => rows
})
afterAll(() => api.close())

const lost = () => Object.assign(new Error('reset'), { code: 'ECONNRESET' })
const scansOf = async (workspaceId: string) => {
  const rows = await api.db.sql<{ id: string }[]>`select id from scans where workspace_id = ${workspaceId} order by id`
  return rows.map(({ id }) => id)
}
const orders = (workspaceId: string, count: number, change: Partial<AcceptedScan> = {}) =>
  Array.from({ length: count }, () => testOrder(workspaceId, 1, change))
const keyed = (order: AcceptedScan, key: string): AcceptedScan => {
  const { scanId } = order
  const idempotency = { key, fingerprint: new Uint8Array(32), location: `/v1/scans/${scanId}`, answer: { id: scanId } }
  return { ...order, idempotency }
}

test('orders that come together share statements, each workspace its own', async () => {
  const [one, two] = [await freshWorkspace(sql), await freshWorkspace(sql)]
  const accept = createAcceptance(sql)
  const all = [...orders(one, 20), ...orders(two, 20)]
  const made = await Promise.all(all.map(accept))
  expect(made.every((at) => at instanceof Date)).toBe(true)
  expect(sent).toBeLessThanOrEqual(6)
  expect([await scansOf(one), await scansOf(two)]).toEqual(
    [one, two].map((id) => all.filter(({ workspaceId }) => workspaceId === id).map(({ scanId }) => scanId)),
  )
})

test('an order that cannot be stored takes none of the others with it', async () => {
  const workspaceId = await freshWorkspace(sql)
  const accept = createAcceptance(sql)
  const good = orders(workspaceId, 8).map((order, n) => (n % 2 ? order : keyed(order, `k${n}`)))
  const bad = keyed(testOrder(workspaceId, 1, { priority: 99 }), 'bad')
  const made = await Promise.allSettled([...good.slice(0, 5), bad, ...good.slice(5)].map(accept))
  expect(made.map(({ status }) => status)).toEqual(Array.from(made, (_, n) => (n === 5 ? 'rejected' : 'fulfilled')))
  expect(await scansOf(workspaceId)).toEqual(good.map(({ scanId }) => scanId))
  expect(await api.db.sql`select from idempotency_keys where key = 'bad'`).toHaveLength(0)
})

test('orders whose keys others hold keep no other order waiting', async () => {
  const workspaceId = await freshWorkspace(sql)
  const accept = createAcceptance(sql)
  const slow = await hold(api.db.url)
  const holding = createAcceptance(slow.sql)
  for (const key of ['a', 'b']) expect(await holding(keyed(testOrder(workspaceId), key))).toBeInstanceOf(Date)
  const waiting = ['a', 'b'].map((key) => accept(keyed(testOrder(workspaceId), key)))
  await waitingForLocks(api.db.sql, 2)
  expect(await accept(testOrder(workspaceId))).toBeInstanceOf(Date)
  await slow.commit()
  expect(await Promise.all(waiting)).toEqual([null, null])
  expect(await scansOf(workspaceId)).toHaveLength(3)
})

test('orders too large for one statement go apart, in their order', async () => {
  const workspaceId = await freshWorkspace(sql)
  const accept = createAcceptance(sql)
  const ids = Array.from({ length: 12_000 }, (_, n) => `template-${n}`)
  const large = orders(workspaceId, 5, { templateSets: [{ origin: 'starter', ids, requests: 12_000 }] })
  expect((await Promise.all(large.map(accept))).every((at) => at instanceof Date)).toBe(true)
  expect(sent).toBe(5)
})

test('where the database is away all are told, after one more try', async () => {
  const workspaceId = await freshWorkspace(sql)
  const accept = createAcceptance(sql)
  const first = orders(workspaceId, 2).map(accept)
  reply = () => {
    throw lost()
  }
  const made = await Promise.allSettled([...first, ...orders(workspaceId, 10).map(accept)])
  expect(made.map((one) => one.status === 'rejected' && one.reason.code)).toEqual(Array(12).fill('ECONNRESET'))
  expect(sent).toBe(6)
})

test('after a lost reply each order is answered with its own scan, and once', async () => {
  const app = createApp({ ...api.deps, sql })
  reply = (rows) => {
    if (rows.length > 0) throw lost()
    return rows
  }
  const send = async (n: number) => {
    const response = await app.request('/v1/scans', {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' },
        ...(n % 2 ? { 'Idempotency-Key': `lost-${n >> 2}` } : {}),
      },
      body: JSON.stringify({ targets: ['example.com'], labels: { n: String(n >> 2) } }),
    })
    const { id, labels } = (await response.json()) as { id: string; labels: object }
    const again = response.headers.get('Idempotency-Replayed')
    return { status: response.status, again, id, labels, location: response.headers.get('Location') }
  }
  const before = (await scansOf(api.db.workspaceId)).length
  const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => send(n)))
  for (const [n, { status, id, labels, location }] of answers.entries())
    expect({ status, labels, location }).toEqual({
      ...{ status: 202, labels: { n: String(n >> 2) }, location: `/v1/scans/${id}` },
    })
  // Of four orders with one body two have no key, and two the same one.
  expect(new Set(answers.map(({ id }) => id)).size).toBe(12)
  expect((await scansOf(api.db.workspaceId)).length).toBe(before + 12)
  expect(answers.filter(({ again }) => again === 'true')).toHaveLength(4)
})
