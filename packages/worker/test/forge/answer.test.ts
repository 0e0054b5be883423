import { createSealer, formatId, newId, tokenPlace } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { claimDeliveries, finishShard, getTrigger, markDelivered, settleScan, tellEvents } from '@assayer/schema/store'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { claim } from '../../../schema/test/store-fixture.ts'
import { endOf } from '../../../schema/test/testing.ts'
import { until } from '../lab.ts'
import { startSender } from '../webhooks/endpoints.ts'
import { arrived } from '../webhooks/events.ts'
import { commits, openAnswers, sha, token } from './answers.ts'
import { startForge } from './server.ts'

const { events, addAnswer, orderFor, runFor, deliveries, ofType, ended } = openAnswers()

test('GitHub hears success and gets the SARIF of a completed scan without findings from the floor on', async () => {
  const forge = await startForge()
  const id = await addAnswer(forge.url)
  const scanId = await runFor(id, { severity: 'low' })
  startSender(events.db)
  await ended(3)
  expect(forge.statuses.at(-1)).toMatchObject({
    path: `/repos/owner/name/statuses/${sha}`,
    body: {
      ...{ state: 'success', context: 'assayer/one' },
      target_url: `https://assayer.example.com/v1/scans/${formatId('scan', scanId)}`,
    },
  })
  expect(forge.sarifs).toHaveLength(1)
  const [{ path, body } = { path: '', body: { sarif: '' } }] = forge.sarifs
  expect(path).toBe('/repos/owner/name/code-scanning/sarifs')
  expect(body).toMatchObject({ commit_sha: sha, ref: 'refs/heads/main', tool_name: 'Assayer' })
  const sarif = JSON.parse(gunzipSync(Buffer.from(String(body.sarif), 'base64')).toString()) as { runs: unknown[] }
  expect(sarif.runs[0]).toMatchObject({
    results: [{ level: 'note' }],
    invocations: [{ executionSuccessful: true, properties: { state: 'completed' } }],
  })
  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered'])
})

test.each(['github', 'gitlab'] as const)('without PUBLIC_URL %s gets a status without a link', async (kind) => {
  const forge = await startForge()
  await runFor(await addAnswer(forge.url, { kind, sarif: false }), { commit: commits[kind] })
  startSender(events.db, { publicUrl: '' })
  await ended(2)
  expect(await ofType('scan.completed')).toMatchObject({ state: 'delivered', log: [{ status: 201 }] })
  expect(forge.statuses.at(-1)?.body).not.toHaveProperty('target_url')
})

test('a finding at the floor is a failure', async () => {
  const forge = await startForge()
  await runFor(await addAnswer(forge.url, { sarif: false }), { severity: 'high' })
  startSender(events.db)
  await ended(2)
  expect(forge.statuses.at(-1)?.body).toMatchObject({ state: 'failure' })
})

test('a partial scan is an error, never success, and has no SARIF', async () => {
  const forge = await startForge()
  await runFor(await addAnswer(forge.url), { coverage: 'partial' })
  startSender(events.db)
  await ended(2)
  expect((await deliveries()).map(({ kind }) => kind)).toEqual(['github-status', 'github-status'])
  expect(forge.statuses.map(({ body }) => body['state'])).not.toContain('success')
  expect(forge.statuses.at(-1)?.body).toMatchObject({ state: 'error' })
  expect(forge.sarifs).toHaveLength(0)
})

test('GitLab hears running and then how it ended, in its own words', async () => {
  const forge = await startForge()
  const id = await addAnswer(forge.url, { kind: 'gitlab', sarif: false })
  const { sql, workspaceId } = events.db
  const scanId = await orderFor(id, commits.gitlab)
  startSender(events.db)
  const key = await claim(sql, newId())
  await settleScan(sql, workspaceId, scanId)
  await arrived(forge.statuses as never, 1)
  await finishShard(sql, key, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  await arrived(forge.statuses as never, 2)
  expect(forge.statuses).toMatchObject(
    ['running', 'success'].map((state) => ({
      path: `/api/v4/projects/42/statuses/${sha}`,
      body: { state, ref: 'main', name: 'assayer/one' },
    })),
  )
})

test('a state that is past is not sent: what failed with 503 is tried again and says the end alone', async () => {
  const forge = await startForge([503])
  const id = await addAnswer(forge.url, { sarif: false })
  await runFor(id, {})
  startSender(events.db)
  await until('a failed try', async () => (await deliveries()).some(({ log }) => log.some((one) => one.status === 503)))
  const failed = (await deliveries()).find(({ state }) => state === 'pending')
  expect(failed).toMatchObject({ tries: 1, log: [{ status: 503 }] })
  await events.db.sql`update webhook_deliveries set due_at = now() where state = 'pending'`
  await ended(2)
  expect(forge.statuses.map(({ body }) => body['state'])).toEqual(['success', 'success'])
  expect(await ofType('scan.started')).toMatchObject({
    state: 'delivered',
    log: [{ status: null, error: 'not sent: the scan has ended' }],
  })
})

test('to a forge one delivery of a scan is under way at a time', async () => {
  const { sql, workspaceId } = events.db
  const id = await addAnswer('https://forge.example.com', { sarif: false })
  const scanId = await orderFor(id, commits.github)
  const key = await claim(sql, newId())
  await settleScan(sql, workspaceId, scanId)
  const take = async () => {
    await tellEvents(sql)
    return await claimDeliveries(sql, { id: newId(), leaseMs: 30_000, most: 10 })
  }
  const [first] = await take()
  await finishShard(sql, key, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  if (first === undefined) throw new Error('nothing was claimed')
  expect([first.type, await take()]).toEqual(['scan.started', []])
  const said = { at: new Date().toISOString(), durationMs: 1, status: 201, error: null }
  await markDelivered(sql, [{ key: first, said }])
  expect((await take()).map(({ type }) => type)).toEqual(['scan.completed'])
})

test.each([400, 401, 403, 404, 410, 413, 422, 302])(
  '%i ends the delivery at once, and the answer stays',
  async (status) => {
    const forge = await startForge(Array.from({ length: 10 }, () => status))
    await runFor(await addAnswer(forge.url, { sarif: false }), {})
    startSender(events.db)
    await ended(2)
    expect(await ofType('scan.completed')).toMatchObject({ state: 'dead', tries: 1, log: [{ status }] })
    const [row] = await events.db.sql`select enabled from webhook_endpoints`
    expect(row?.['enabled']).toBe(true)
  },
)

test('an answer reaches no private address, whatever its row says', async () => {
  await runFor(await addAnswer('https://10.1.2.3', { sarif: false }), {})
  startSender(events.db)
  await until('a failed try', async () => (await ofType('scan.completed'))?.log.length === 1)
  expect((await ofType('scan.completed'))?.log[0]?.error).toMatch(/^not-permitted: /)
})

test.each([
  [403, 3600, 3_500_000, 3_600_000],
  [429, 3600, 3_500_000, 3_600_000],
  [403, 864_000, 86_000_000, 86_400_000],
])("GitHub's rate limit, a %i, passes when it says so, %i s from now, at most a day", async (status, s, low, high) => {
  const reset = String(Math.floor(Date.now() / 1000) + s)
  const forge = await startForge([status], { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset })
  await runFor(await addAnswer(forge.url, { sarif: false }), {})
  startSender(events.db)
  await until('a failed try', async () => (await ofType('scan.completed'))?.tries === 1)
  const completed = await ofType('scan.completed')
  expect(completed).toMatchObject({ state: 'pending', log: [{ status }] })
  const wait = (completed?.dueAt?.getTime() ?? 0) - Date.now()
  expect([wait > low, wait <= high]).toEqual([true, true])
})

test('an answer that failed for five days is no longer sent, and its trigger says so', async () => {
  const { sql, workspaceId } = events.db
  const forge = await startForge(Array.from({ length: 10 }, () => 500))
  const id = await addAnswer(forge.url)
  await sql`
    update webhook_endpoints set failing_since = now() - interval '6 days', failed_at = now() - interval '20 hours'
    where kind = 'github-status'`
  await runFor(id, {})
  startSender(events.db)
  // What is not sent, as the scan has ended, is no success either.
  await until('the first event', async () => (await ofType('scan.started'))?.state === 'delivered')
  const answers = await until('the end', async () => {
    const shown = (await getTrigger(sql, workspaceId, id))?.answers ?? []
    return shown.some(({ enabled }) => !enabled) ? shown : null
  })
  expect(answers).toMatchObject([
    { kind: 'github-status', enabled: false, disabledReason: 'failing' },
    { kind: 'github-sarif', enabled: true, disabledReason: null },
  ])
})

test('a scan that the trigger did not order is not told, and of a commit that is none no path is made', async () => {
  const forge = await startForge()
  const id = await addAnswer(forge.url)
  await events.runScan()
  await runFor(id, { commit: { ...commits.github, place: '../..' } })
  startSender(events.db)
  await ended(3)
  expect((await deliveries()).map(({ state, log }) => [state, log[0]?.status])).toEqual([
    ['dead', null],
    ['dead', null],
    ['dead', null],
  ])
  expect([...forge.statuses, ...forge.sarifs]).toEqual([])
})

test('the token is in the header of the forge and nowhere else', async () => {
  const lines: string[] = []
  const note = (about: object, text: string) => lines.push(`${JSON.stringify(about)} ${text}`)
  const log = { info: note, warn: note, error: note } as unknown as Log
  const forge = await startForge([500])
  await runFor(await addAnswer(forge.url), {})
  startSender(events.db, { log })
  await until('both outcomes', async () => lines.some((line) => line.includes('was delivered')) && lines.length >= 3)
  expect(forge.statuses[0]?.authorization).toBe(`Bearer ${token}`)
  expect(lines.join('')).not.toContain(token)
  const tables = ['webhook_deliveries', 'webhook_endpoints', 'triggers', 'audit_events', 'outbox']
  for (const table of tables) {
    const rows = await events.db.sql`select to_jsonb(t)::text as text from ${events.db.sql(table)} t`
    expect(rows.map((row) => String(row['text'])).join('')).not.toContain(token)
  }
  const other = await createSealer(new Uint8Array(32).fill(8))
  const [row] = await events.db.sql<{ sealed: Uint8Array }[]>`select secret_sealed as sealed from webhook_endpoints`
  await expect(other.open(row?.sealed ?? new Uint8Array(), tokenPlace(newId()))).rejects.toThrow()
})
