import { parseId } from '@assayer/schema'
import type { Accepted } from './ledger.ts'
import { pause } from './supervise.ts'
import type { World } from './world.ts'

/** What takeovers are counted under where a worker was idle and could take one at once. */
export const takenOver = 'SIGKILL to the next attempt claimed'

export type Outcome = {
  state: string
  reason: string | null
  /** Of its only target, else of the worst. */
  coverage: string
  findings: number
  unconfirmed: number
  attempts: { number: number; outcome: string | null; why: string | null; at: number }[]
  losses: number
}

/** Waits until `ask` says something, and says it; rejects with `what` after `ms`. */
export async function until<T>(
  what: string,
  ms: number,
  ask: () => Promise<T | null> | T | null,
  everyMs = 50,
): Promise<T> {
  const deadline = AbortSignal.timeout(ms)
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (deadline.aborted) throw new Error(`${what} did not come within ${Math.round(ms / 1000)} s`)
    await pause(everyMs, deadline)
  }
}

const uuidOf = ({ id }: Accepted): string => parseId('scan', id) ?? ''

/** How a scan ended, once it has. */
export async function outcomeOf({ sql }: World, accepted: Accepted, withinMs = 60_000): Promise<Outcome> {
  const id = uuidOf(accepted)
  return await until(`the end of ${accepted.id}`, withinMs, async () => {
    const [row] = await sql<Outcome[]>`
      select c.state, c.reason->>'code' as reason, t.coverage, s.findings::integer, s.unconfirmed::integer, s.losses::integer, a.attempts
      from scans c
      cross join lateral (select (array_agg(coverage order by array_position(
        array['pending', 'skipped', 'unreachable', 'partial', 'covered'], coverage)))[1] as coverage
        from shard_targets d where d.scan_id = c.id) t
      cross join lateral (select sum(critical + high + medium + low + info + unknown) as findings,
        sum(unconfirmed) as unconfirmed, max(losses) as losses from shards d where d.scan_id = c.id) s
      cross join lateral (select coalesce(json_agg(json_build_object('number', number, 'outcome', outcome, 'why', detail->>'why',
        'at', extract(epoch from claimed_at) * 1000) order by claimed_at), '[]') as attempts from attempts d where d.scan_id = c.id) a
      where c.id = ${id} and c.finished_at is not null`
    return row ?? null
  })
}

/** Workers that run something now, by how many shards. */
export async function busyWorkers({ sql }: Pick<World, 'sql'>): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; n: number }[]>`
    select worker_id as id, count(*)::integer as n from shards where state = 'running' group by worker_id`
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Waits until a scanner has asked each of these hosts. */
export async function untilAsked({ sites }: World, hosts: readonly string[], withinMs = 30_000): Promise<void> {
  await until(
    'a request at each host',
    withinMs,
    () => (hosts.every((host) => sites.visits(host).length > 0) ? true : null),
    10,
  )
}

/** Milliseconds from a scan's acceptance to its first claim. */
export async function claimedAfter({ sql }: World, accepted: Accepted, withinMs = 10_000): Promise<number> {
  return await until(
    `the claim of ${accepted.id}`,
    withinMs,
    async () => {
      const [row] = await sql<{ ms: number | null }[]>`
      select extract(epoch from min(a.claimed_at) - c.created_at)::float8 * 1000 as ms from scans c
      join attempts a on a.scan_id = c.id where c.id = ${uuidOf(accepted)} group by c.created_at`
      return row?.ms ?? null
    },
    20,
  )
}

/** Writes down how long after each death the next attempt of what died with it was claimed. */
export async function timeTakeovers({ sql, deaths, tally }: World, label = takenOver): Promise<void> {
  const rows = await sql<{ workerId: string; at: number; why: string; again: boolean }[]>`
    select a.worker_id as "workerId", extract(epoch from n.claimed_at)::float8 * 1000 as at, a.detail->>'why' as why,
      exists (select from attempts b where b.shard_id = a.shard_id and b.number < a.number and b.outcome = 'lost') as again
    from attempts a join attempts n on n.shard_id = a.shard_id and n.number = a.number + 1 where a.outcome = 'lost'`
  for (const { workerId, at, why, again } of rows) {
    const death = deaths.find((one) => one.workerId === workerId)
    // A second loss waits ten seconds on purpose.
    if (death) tally.time(`${label} (${why}${again ? ', not its first loss' : ''})`, at - death.hitAt)
  }
}
