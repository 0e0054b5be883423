import type { Patch } from './copy.ts'

/** A rule taken away, and the row that has to turn red without it. */
export type Mutation = { name: string; row: string; patches: Patch[] }

const store = (file: string, find: string, replace: string): Patch => ({
  file: `packages/schema/src/store/${file}`,
  find,
  replace,
})
const worker = (file: string, find: string, replace: string): Patch => ({
  file: `packages/worker/src/${file}`,
  find,
  replace,
})

const attemptOfKey = "        and attempt = ${key.attempt} and state = 'running'\n"

/** Ends shard and scan in one statement, which sees the other shard as it was. */
const closed = `
    ), closed as (
      update scans c set state = 'completed', finished_at = now() from mine
      where c.workspace_id = mine.workspace_id and c.id = mine.scan_id and not exists (
        select from shards o where o.scan_id = mine.scan_id and o.id <> mine.id and o.ended_at is null)
      returning c.workspace_id, c.id
    ), told as (
      insert into outbox (workspace_id, id, scan_id, kind, payload)
      select workspace_id, gen_random_uuid(), id, 'scan.completed', '{}' from closed
    )
    update shards s set state = \${end.state}`

export const mutations: Mutation[] = [
  {
    name: 'the attempt predicate of later writes',
    row: 'W10',
    patches: [
      store('finish-shard.ts', attemptOfKey, "        and state = 'running'\n"),
      store('record-findings.ts', attemptOfKey, "        and state = 'running'\n"),
      store(
        'release-shard.ts',
        "        and s.attempt = ${key.attempt} and s.state = 'running'\n",
        "        and s.state = 'running'\n",
      ),
    ],
  },
  {
    name: 'the lock for share of a batch',
    row: 'W9',
    patches: [store('record-findings.ts', '      for share\n', '')],
  },
  {
    name: 'the attempt predicate of a delivery',
    row: 'H8',
    patches: [
      store(
        'end-delivery.ts',
        " and attempt = ${key.attempt} and state = 'sending'\n  for no key update",
        " and state = 'sending'\n  for no key update",
      ),
    ],
  },
  {
    name: 'the lease check',
    row: 'W5',
    patches: [store('reap.ts', 'lease_until < clock_timestamp() or', 'false or')],
  },
  {
    name: "the warden's kill",
    row: 'W5',
    patches: [
      worker(
        'wall/guard.ts',
        'new Set(attempt.groups.map(kill))',
        "new Set(attempt.groups.map((): GroupEnd => 'gone'))",
      ),
    ],
  },
  {
    name: 'the takeover grace',
    row: 'P2',
    patches: [worker('duties/reap.ts', 'orphanMs: 5_000', 'orphanMs: 0')],
  },
  {
    name: "the wall's shutting",
    row: 'W5',
    patches: [worker('wall/warden-session.ts', 'shut: (attemptId) => wall.shut(attemptId),', 'shut: () => {},')],
  },
  {
    name: 'the session key',
    row: 'P2',
    patches: [
      worker(
        'lease/session.ts',
        'select pg_try_advisory_lock(${opened.key}::bigint) as got',
        'select ${opened.key}::bigint > 0 as got',
      ),
    ],
  },
  {
    name: 'the second look',
    row: 'W6',
    patches: [worker('duties/reap.ts', 'secondLookMs: 11_000', 'secondLookMs: 0')],
  },
  {
    name: 'the uncounted losses',
    row: 'P6',
    patches: [
      worker(
        'claim/end-attempt.ts',
        '  release: { why, delayMs, counted: false, detail: {}, ...more },',
        '  release: { why, delayMs, counted: true, detail: {}, ...more },',
      ),
      worker('claim/release-after.ts', 'counted, delayMs, detail })', 'counted: counted || true, delayMs, detail })'),
    ],
  },
  {
    name: 'the idempotency key',
    row: 'A3',
    patches: [
      store(
        'accept-scan.ts',
        "(idempotency is null or idempotency->>'location' in (select location from key))\n        and ",
        '',
      ),
    ],
  },
  {
    name: 'the split of finish and settle',
    row: 'W11',
    patches: [
      store('finish-shard.ts', '\n    )\n    update shards s set state = ${end.state}', closed),
      worker(
        'claim/end-attempt.ts',
        'await insist(() => settleScan(deps.sql, attempt.key.workspaceId, attempt.key.scanId), deadline)',
        'await Promise.resolve(null)',
      ),
      worker('duties/settle.ts', 'of await findUnsettled(sql)', 'of [] as Awaited<ReturnType<typeof findUnsettled>>'),
    ],
  },
]
