import type { Clock } from './clock.ts'
import type { ProcessGroup } from './kill-group.ts'
import type { GroupEnd, KilledMessage } from './warden-messages.ts'

/** Holds each attempt to its lease. */
export type Guard = {
  /** From now on `renew` must come; `asOf` is when the claim was sent off (`systemClock.monotonic`). */
  begin(attemptId: string, asOf: number): void
  /** A group to kill with the attempt; at once when the attempt is lost or unknown. */
  spawned(attemptId: string, group: ProcessGroup): void
  /** A renewal sent off at `asOf` was good. A lost attempt stays lost. */
  renew(attemptIds: readonly string[], asOf: number): void
  forget(attemptId: string): void
  /** Loses all attempts now. */
  killAll(): void
}

type GuardDeps = {
  /** How long after a claim or renewal an attempt may run, in milliseconds. */
  tokenMs: number
  clock: Clock
  /** Shuts the wall for an attempt; always before its group is killed. */
  shut: (attemptId: string) => void
  kill: (group: ProcessGroup) => GroupEnd
  onKilled: (attemptId: string, why: KilledMessage['why'], group: GroupEnd) => void
}

type Guarded = { deadline: number; groups: ProcessGroup[]; lost: boolean; timer: NodeJS.Timeout | null }

const WORST_FIRST: readonly GroupEnd[] = ['not-ours', 'killed', 'gone']

export function createGuard({ tokenMs, clock, shut, kill, onKilled }: GuardDeps): Guard {
  const attempts = new Map<string, Guarded>()

  function lose(attemptId: string, attempt: Guarded, why: KilledMessage['why']): void {
    if (attempt.lost) return
    attempt.lost = true
    if (attempt.timer) clearTimeout(attempt.timer)
    shut(attemptId)
    const ends = new Set(attempt.groups.map(kill))
    onKilled(attemptId, why, WORST_FIRST.find((end) => ends.has(end)) ?? 'none')
  }

  function arm(attemptId: string, attempt: Guarded): void {
    if (attempt.timer) clearTimeout(attempt.timer)
    const check = () => {
      if (clock.monotonic() >= attempt.deadline) lose(attemptId, attempt, 'tokens-ceased')
      else arm(attemptId, attempt)
    }
    attempt.timer = setTimeout(check, Math.max(1, attempt.deadline - clock.monotonic()))
  }

  // A moment that has not come yet would lengthen the lease.
  const deadlineOf = (asOf: number) => Math.min(asOf, clock.monotonic()) + tokenMs

  return {
    begin(attemptId, asOf) {
      const attempt: Guarded = { deadline: deadlineOf(asOf), groups: [], lost: false, timer: null }
      attempts.set(attemptId, attempt)
      arm(attemptId, attempt)
    },
    spawned(attemptId, group) {
      const attempt = attempts.get(attemptId)
      if (!attempt || attempt.lost) kill(group)
      else attempt.groups.push(group)
    },
    renew(attemptIds, asOf) {
      for (const attemptId of attemptIds) {
        const attempt = attempts.get(attemptId)
        if (!attempt || attempt.lost) continue
        attempt.deadline = Math.max(attempt.deadline, deadlineOf(asOf))
        arm(attemptId, attempt)
      }
    },
    forget(attemptId) {
      const timer = attempts.get(attemptId)?.timer
      if (timer) clearTimeout(timer)
      attempts.delete(attemptId)
    },
    killAll() {
      for (const [attemptId, attempt] of attempts) lose(attemptId, attempt, 'warden-ended')
    },
  }
}
