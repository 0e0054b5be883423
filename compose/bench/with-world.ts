import { startWorld } from '../chaos/world.ts'
import type { World, WorldOptions } from '../chaos/world.ts'

const longestMs = 150_000

/** Measures in a world of the production bundles with a PostgreSQL that syncs to disk; gives up after 150 s. */
export async function withWorld<T>(
  options: WorldOptions,
  signal: AbortSignal,
  measure: (world: World, deadline: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const world = await startWorld({
    bundled: true,
    direct: true,
    settings: { fsync: 'on', shared_buffers: '128MB' },
    ...options,
  })
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(longestMs)])
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(new Error('the measurement was broken off')), { once: true })
  })
  try {
    return await Promise.race([measure(world, deadline), late])
  } finally {
    await world.stop()
  }
}

/** Seconds from the first claim of a scan's shards to the last end, how many ended, and the most that one worker ran. */
export async function spanOf(
  { sql }: World,
  scanId: string,
): Promise<{ seconds: number; shards: number; most: number }> {
  const [row] = await sql<{ seconds: number; shards: number; most: number }[]>`
    with mine as (select * from attempts where scan_id = ${scanId} and ended_at is not null)
    select extract(epoch from max(ended_at) - min(claimed_at))::float8 as seconds, count(*)::integer as shards,
      (select max(n)::integer from (select count(*) as n from mine group by worker_id) w) as most
    from mine`
  if (row === undefined) throw new Error('nothing was run')
  return row
}
