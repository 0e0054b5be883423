import { randomBytes } from 'node:crypto'
import { getScan } from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { createPackSarif } from '../../src/forge/pack-sarif.ts'
import { until } from '../lab.ts'
import { startSender } from '../webhooks/endpoints.ts'
import { commits, openAnswers, sha } from './answers.ts'
import { startForge } from './server.ts'

const { events, addAnswer, runFor, deliveries, ended } = openAnswers()

test('a scan with more findings than GitHub takes is not uploaded, and the log says why', async () => {
  const forge = await startForge()
  const { sql } = events.db
  const scanId = await runFor(await addAnswer(forge.url, { status: false }), {})
  await sql`update shards set info = 25001 where scan_id = ${scanId}`
  startSender(events.db)
  await ended(1)
  expect(forge.sarifs).toHaveLength(0)
  expect((await deliveries())[0]).toMatchObject({
    state: 'dead',
    log: [{ status: null, error: 'not-sendable: the scan has 25001 findings, GitHub takes 25000 results' }],
  })
})

test('a SARIF that packs to more than GitHub takes is not uploaded nor tried again, and the log says why', async () => {
  const forge = await startForge()
  const scanId = await runFor(await addAnswer(forge.url, { status: false }), { severity: 'high' })
  // Random text does not pack: 75 kB of 100 kB stay of each finding.
  const texts = Array.from({ length: 150 }, () => randomBytes(75_000).toString('base64'))
  await events.db.sql`
    insert into findings (workspace_id, scan_id, fingerprint, id, shard_id, attempt, confirmed, sequence, template_id, name,
      severity, type, detail, extracted_results)
    select workspace_id, scan_id, sha256(n::text::bytea), gen_random_uuid(), shard_id, attempt, confirmed, 1000 + n,
      template_id, name, severity, type, detail, jsonb_build_array(text)
    from findings, unnest(${texts}::text[]) with ordinality as more (text, n) where scan_id = ${scanId}`
  startSender(events.db)
  await ended(1)
  expect(forge.sarifs).toHaveLength(0)
  expect((await deliveries())[0]).toMatchObject({
    ...{ state: 'dead', tries: 1 },
    log: [{ error: 'not-sendable: the SARIF packs to more than the 10000000 bytes that GitHub takes' }],
  })
})

test('a SARIF that is not written in time is a failed try', async () => {
  const forge = await startForge()
  await runFor(await addAnswer(forge.url, { status: false }), {})
  startSender(events.db, { pack: createPackSarif(events.db.sql, () => AbortSignal.abort()) })
  await until('a failed try', async () => (await deliveries())[0]?.tries === 1)
  expect((await deliveries())[0]).toMatchObject({
    state: 'pending',
    log: [{ error: 'timed-out: no SARIF within 10 s' }],
  })
  expect(forge.sarifs).toHaveLength(0)
})

test('a SARIF waits for the one that is being written, and gives up rather than be written beside it', async () => {
  const { sql, workspaceId } = events.db
  const scanId = await runFor(await addAnswer('https://forge.example.com'), { severity: 'high' })
  const row = await getScan(sql, workspaceId, scanId)
  if (row === null) throw new Error('the scan is not there')
  const pack = createPackSarif(sql)
  const packs: Promise<object>[] = []
  await sql.begin(async (held) => {
    await held`lock table findings in access exclusive mode`
    packs.push(pack(row, new AbortController().signal))
    const detail = 'another SARIF is being written'
    expect(await pack(row, AbortSignal.abort())).toEqual({ kind: 'given-up', detail })
  })
  packs.push(pack(row, new AbortController().signal))
  expect(await Promise.all(packs)).toMatchObject([{ kind: 'packed' }, { kind: 'packed' }])
})

test.each([
  [true, [404], ['refs/heads/v1', 'refs/tags/v1'], { state: 'delivered', log: [{ status: 202 }] }],
  [true, [404, 404], ['refs/heads/v1', 'refs/tags/v1'], { state: 'dead', log: [{ status: 404 }] }],
  [true, [422], ['refs/heads/v1'], { state: 'dead', log: [{ status: 422 }] }],
  [false, [404], ['refs/heads/v1'], { state: 'dead', log: [{ status: 404 }] }],
])('a ref that was guessed (%s) and is answered with %j goes out as %j', async (isGuessed, answers, refs, ending) => {
  const forge = await startForge(answers)
  const commit = { ...commits.github, ref: 'refs/heads/v1', ...(isGuessed ? { refIsGuessed: true as const } : {}) }
  await runFor(await addAnswer(forge.url, { status: false }), { commit })
  startSender(events.db)
  await ended(1)
  expect(forge.sarifs.map(({ body }) => [body['commit_sha'], body['ref']])).toEqual(refs.map((ref) => [sha, ref]))
  expect((await deliveries())[0]).toMatchObject({ tries: 1, ...ending })
})
