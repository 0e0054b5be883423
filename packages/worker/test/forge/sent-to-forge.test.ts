import { newId } from '@assayer/schema'
import { claimDeliveries, deleteTrigger, reapDeliveries, tellEvents } from '@assayer/schema/store'
import { expect, onTestFinished, test } from 'vitest'
import { sendDelivery } from '../../src/webhooks/send.ts'
import { until } from '../lab.ts'
import { addEndpoint, sendDeps, startSender } from '../webhooks/endpoints.ts'
import { audit } from '../webhooks/events.ts'
import { startReceiver } from '../webhooks/receiver.ts'
import { commits, openAnswers, token } from './answers.ts'
import type { Run } from './answers.ts'
import { startForge } from './server.ts'

const { events, addAnswer, runFor, deliveries, ofType, ended } = openAnswers()
const worker = () => ({ id: newId(), leaseMs: 30_000, most: 10 })
const forgetScan = (id: string) => events.db.sql`update scans set deleted_at = now() where id = ${id}`

test.each<[string, Run, boolean]>([
  ['the scan is partial', { coverage: 'partial' }, false],
  ['the scan was deleted', {}, true],
  ['the delivery named no branch or tag', { commit: { ...commits.github, ref: null } }, false],
])('no SARIF goes out where %s, whatever its row asks for', async (why, run, isDeleted) => {
  const forge = await startForge()
  const id = await addAnswer(forge.url, { status: false })
  await events.db.sql`update webhook_endpoints set types = '{scan.completed,scan.partial}'`
  const scanId = await runFor(id, run)
  if (isDeleted) await forgetScan(scanId)
  startSender(events.db)
  await ended(1)
  expect(await deliveries()).toMatchObject([{ state: 'dead', log: [{ status: null, error: `not-sendable: ${why}` }] }])
  expect(forge.sarifs).toEqual([])
})

test('a status says at each try what it said at the first', async () => {
  const forge = await startForge([500])
  const scanId = await runFor(await addAnswer(forge.url, { sarif: false }), {})
  startSender(events.db)
  await until('the first try', async () => (await ofType('scan.completed'))?.tries === 1)
  await forgetScan(scanId)
  await events.db.sql`update webhook_deliveries set due_at = now() where state = 'pending'`
  await ended(2)
  expect(forge.statuses.map(({ body }) => body['state'])).toEqual(['success', 'success'])
})

test.each(['standard', 'answer'])(
  'a sender that was overtaken before its first try sends nothing: %s',
  async (kind) => {
    const { sql } = events.db
    const receiver = await startReceiver()
    if (kind === 'standard') {
      await addEndpoint(events.db, receiver.url)
      await events.runScan()
    } else await runFor(await addAnswer(new URL(receiver.url).origin, { sarif: false }), {})
    await tellEvents(sql)
    await sql`delete from webhook_deliveries where type = 'scan.started'`
    const [first] = await claimDeliveries(sql, worker())
    await sql`update webhook_deliveries set lease_until = now() - interval '1 second'`
    await reapDeliveries(sql)
    const [second] = await claimDeliveries(sql, worker())
    if (first === undefined || second === undefined) throw new Error('nothing was claimed')
    const deps = sendDeps(events.db)
    onTestFinished(deps.close)
    await sendDelivery(deps, first, new AbortController().signal)
    expect([receiver.received, await deliveries()]).toMatchObject([[], [{ state: 'sending', body: null, log: [] }]])
    await sendDelivery(deps, second, new AbortController().signal)
    expect([receiver.received.length, await deliveries()]).toMatchObject([1, [{ state: 'delivered', tries: 1 }]])
  },
)

test('what a delivery of one trigger ordered is not told to the forge of another', async () => {
  const [mine, other] = [await startForge(), await startForge()]
  const id = await addAnswer(mine.url)
  await addAnswer(other.url, {}, 'two')
  await runFor(id, {})
  startSender(events.db)
  await ended(3)
  expect((await deliveries()).map(({ triggerId }) => triggerId)).toEqual([id, id, id])
  expect([other.statuses, other.sarifs]).toEqual([[], []])
})

test('of several scans one SARIF is under way at a time, statuses side by side', async () => {
  const id = await addAnswer('https://forge.example.com')
  for (let n = 0; n < 3; n++) await runFor(id, {})
  await tellEvents(events.db.sql)
  const claimed = await claimDeliveries(events.db.sql, { ...worker(), most: 100 })
  const kinds = claimed.filter(({ type }) => type === 'scan.completed').map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['github-sarif', 'github-status', 'github-status', 'github-status'])
})

test.each([
  ['github', 'authorization', 'private-token', `Bearer ${token}`],
  ['gitlab', 'private-token', 'authorization', token],
] as const)('%s gets its token in the header %s alone', async (kind, header, other, value) => {
  const forge = await startForge()
  await runFor(await addAnswer(forge.url, { kind, sarif: false }), { commit: commits[kind] })
  startSender(events.db)
  await ended(2)
  const { headers = {} } = forge.statuses[0] ?? {}
  expect([headers[header], headers[other]]).toEqual([value, undefined])
})

test('a forge that redirects is not followed: its token goes to no other origin', async () => {
  const other = await startReceiver()
  const forge = await startForge([307], { Location: other.url })
  await runFor(await addAnswer(forge.url, { sarif: false }), {})
  startSender(events.db)
  await ended(2)
  expect([forge.statuses.length, other.received]).toEqual([1, []])
})

test('a 403 with Retry-After is a limit that passes', async () => {
  const forge = await startForge([403], { 'Retry-After': '3600' })
  await runFor(await addAnswer(forge.url, { sarif: false }), {})
  startSender(events.db)
  await until('a failed try', async () => (await ofType('scan.completed'))?.tries === 1)
  const completed = await ofType('scan.completed')
  expect(completed).toMatchObject({ state: 'pending', log: [{ status: 403 }] })
  expect((completed?.dueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_500_000)
})

test('a trigger that is deleted takes along what waits, and what is under way ends without a trace', async () => {
  const { sql, workspaceId } = events.db
  const held = Promise.withResolvers<void>()
  const forge = await startReceiver((reply) => void held.promise.then(() => reply.writeHead(500).end()))
  const id = await addAnswer(new URL(forge.url).origin, { sarif: false })
  await runFor(id, {})
  const sender = startSender(events.db)
  await until('the try', async () => forge.received.length === 1)
  expect(await deleteTrigger(sql, workspaceId, id, audit())).toBe(true)
  held.resolve()
  await sender.stop()
  expect([forge.received.length, await deliveries()]).toEqual([1, []])
  expect(await sql`select from webhook_endpoints`).toHaveLength(0)
})
