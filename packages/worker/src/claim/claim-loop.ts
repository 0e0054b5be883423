import { claimShard, releaseShard, settleScan } from '@assayer/schema/store'
import type { Release, Sql } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'
import { startDuty } from '../duties/duty.ts'
import { systemClock } from '../wall/clock.ts'
import { createAttempt } from './attempt.ts'
import type { Attempt, StopWhy } from './attempt.ts'
import { claimDoubt } from './claim-doubt.ts'
import { giveBackUnheard } from './give-back-unheard.ts'
import { insist } from './insist.ts'
import { releaseAfter } from './release-after.ts'

export type ClaimOptions = {
  workerId: string
  sql: Sql
  log: Log
  slots: number
  leaseMs: number
  /** Null while no lease session answers. */
  sessionKey(): string | null
  /** False while the worker drains, doubts itself, or has no lease session. */
  mayClaim(): boolean
  run(attempt: Attempt): Promise<void>
  /** This machine is at fault: nothing is to be claimed until the self-check passes. */
  doubtSelf(): void
  publish(scanId: string): void
}
export type ClaimLoop = {
  running(): Attempt[]
  claimed(): number
  wake(): void
  /** Claims no more and waits until the running attempts have ended; `why` stops them first. */
  stop(why: StopWhy | null): Promise<void>
}

const giveBackMs = 600_000

/**
 * Claims a shard whenever a slot is free: at each ring, notification and ended attempt, and by a poll each second, on which
 * alone correctness rests. A shard that was lost before runs alone: it is claimed only by a worker that runs nothing, and while
 * it runs nothing else is claimed.
 */
export function startClaiming(options: ClaimOptions): ClaimLoop {
  const running = new Map<string, Attempt>()
  let claims = 0
  let stopping = false
  const doubt = claimDoubt(systemClock)
  const alone = () => [...running.values()].some(({ shard }) => shard.losses > 0)

  const claim = async () => {
    const keys = [...running.values()].map(({ key }) => key)
    await doubt.look(() => giveBackUnheard(options, keys))
    while (!stopping && options.mayClaim() && running.size < options.slots && !alone()) {
      const claimedAt = systemClock.monotonic()
      const { workerId: id, leaseMs } = options
      const shard = await claimShard(options.sql, {
        id,
        sessionKey: options.sessionKey(),
        leaseMs,
        alone: running.size === 0,
      }).catch((error: unknown) => {
        doubt.raise()
        throw error
      })
      if (shard === null) return
      claims++
      const attempt = createAttempt(shard, claimedAt)
      running.set(attempt.id, attempt)
      const { scanId, shardId } = shard
      options.log.info(
        {
          scanId,
          shardId,
          attempt: shard.attempt,
          queuedMs: Math.round(shard.queuedMs),
          traceparent: shard.traceparent ?? undefined,
        },
        'shard claimed',
      )
      attempt.done = begin(attempt).finally(() => {
        running.delete(attempt.id)
        duty.wake()
      })
    }
  }

  const begin = async (attempt: Attempt) => {
    const { workspaceId, scanId } = attempt.key
    const settled = settleScan(options.sql, workspaceId, scanId).then(
      (state) => state && options.publish(scanId),
      (error: unknown) => options.log.warn({ err: error, scanId }, 'scan was not settled at its start'),
    )
    try {
      await options.run(attempt)
    } catch (error) {
      options.log.error(
        { err: error, scanId, shardId: attempt.key.shardId, attempt: attempt.key.attempt },
        'attempt failed inside the worker',
      )
      const { release, doubt } = releaseAfter(error, attempt)
      if (doubt) options.doubtSelf()
      if (attempt.stopped() !== 'fenced') await giveBack(attempt, release)
    }
    await settled
  }

  /** Insists, as whoever takes the shard over would count a loss. */
  const giveBack = async (attempt: Attempt, release: Release) => {
    const { workspaceId, scanId } = attempt.key
    try {
      const deadline = AbortSignal.timeout(giveBackMs)
      await insist(() => releaseShard(options.sql, attempt.key, release), deadline)
      await insist(() => settleScan(options.sql, workspaceId, scanId), deadline)
      options.publish(scanId)
    } catch (error) {
      options.log.warn({ err: error, scanId }, 'attempt was not given back: its lease will end')
    }
  }

  const duty = startDuty('claim', 1000, options.log, claim)
  return {
    running: () => [...running.values()],
    claimed: () => claims,
    wake: () => duty.wake(),
    async stop(why) {
      stopping = true
      const stopAll = () => why !== null && running.forEach((attempt) => attempt.stop(why))
      stopAll()
      await duty.stop()
      // A claim that was under way may have brought one more.
      stopAll()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
