import type { AttemptKey, ClaimedShard } from '@assayer/schema/store'

/** Why an attempt is stopped before its scanner ended by itself. */
export type StopWhy =
  | 'cancelled'
  | 'fenced'
  | 'database-away'
  | 'shutdown'
  | 'soft-limit'
  | 'deadline'
  | 'hard-limit'
  | 'stalled'
  | 'wall-gone'
  | 'output-limit'

/** These leave Nuclei no time to end by itself: what it still did would not count or must not happen. */
const atOnce: ReadonlySet<StopWhy> = new Set(['fenced', 'database-away', 'hard-limit', 'wall-gone', 'output-limit'])
export const killsAtOnce = (why: StopWhy): boolean => atOnce.has(why)

export type Attempt = {
  /** Names the attempt to the warden. */
  id: string
  key: AttemptKey
  shard: ClaimedShard
  /** Monotonic ms from before the claim was sent: the lease counts from there. */
  claimedAt: number
  /** The first reason to stop wins, but `fenced` overrides: nothing may be written after it. */
  stop(why: StopWhy): void
  stopped(): StopWhy | null
  /** Aborted once the attempt is stopped, the reason being why. */
  signal: AbortSignal
  done: Promise<void>
}

/** An attempt that was just claimed; `done` is set by who runs it. */
export function createAttempt(shard: ClaimedShard, claimedAt: number): Attempt {
  const { workspaceId, scanId, shardId, attempt } = shard
  const controller = new AbortController()
  let why: StopWhy | null = null
  return {
    id: `${shardId}:${attempt}`,
    key: { workspaceId, scanId, shardId, attempt },
    shard,
    claimedAt,
    stop(reason) {
      if (why === null || reason === 'fenced') why = reason
      controller.abort(reason)
    },
    stopped: () => why,
    signal: controller.signal,
    done: Promise.resolve(),
  }
}
