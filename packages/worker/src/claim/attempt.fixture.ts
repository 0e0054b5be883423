import { defaultLimits, newId } from '@assayer/schema'
import type { ClaimedShard } from '@assayer/schema/store'
import { nothingTold } from '../nuclei/stderr.ts'
import { createAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import type { RunEnd } from './run-nuclei.ts'

/** A claimed shard's attempt with everything filled in. */
export const attemptOf = (more: Partial<ClaimedShard> = {}): Attempt =>
  createAttempt(
    {
      workspaceId: newId(),
      scanId: newId(),
      shardId: newId(),
      attempt: 1,
      leaseUntil: new Date(),
      softLimitMs: 3_300_000,
      hardLimitMs: 3_600_000,
      losses: 0,
      stalls: 0,
      memoryKills: 0,
      limits: defaultLimits,
      evidence: 'redacted',
      origin: 'starter',
      templateIds: ['git-config'],
      sourceDigests: null,
      templateRequests: 1,
      hosts: ['127.0.0.1'],
      traceparent: null,
      queuedMs: 0,
      ...more,
    },
    0,
  )

/** A run that ended as it should, but for what is given. */
export const runEnd = (more: Partial<Omit<RunEnd, 'told'>> & { told?: Partial<RunEnd['told']> } = {}): RunEnd => ({
  exit: { kind: 'exited', code: 0 },
  peakBytes: 0,
  dropped: 0,
  odd: 0,
  ...more,
  told: { ...nothingTold(), requests: 10, templatesLoaded: 2, ...more.told },
})
