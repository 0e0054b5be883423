import { isDatabaseAway, isDatabaseBusy } from '@assayer/schema/store'
import type { Release } from '@assayer/schema/store'
import { WardenError } from '../wall/warden-error.ts'
import type { Attempt, StopWhy } from './attempt.ts'

export type AfterError = {
  release: Release
  /** This machine is at fault: it claims nothing until its self-check passes. */ doubt: boolean
}

/** Stops after which an attempt may run again as if it had not begun. */
const innocent: ReadonlySet<StopWhy> = new Set(['cancelled', 'database-away', 'shutdown', 'wall-gone'])

/**
 * How an attempt is given back that could not be brought to its end: not counted as a loss where the database, this machine
 * or whoever stopped it is at fault, counted where nobody knows better, so that a shard that always fails ends.
 */
export function releaseAfter(error: unknown, attempt: Attempt): AfterError {
  const why = attempt.stopped()
  const detail = { message: error instanceof Error ? error.message : String(error) }
  const given = (name: string, counted: boolean, delayMs: number): Release => ({ why: name, counted, delayMs, detail })
  if (why !== null && innocent.has(why)) return { release: given(why, false, 0), doubt: false }
  if (isDatabaseAway(error) || isDatabaseBusy(error))
    return { release: given('database-away', false, 5000), doubt: false }
  if (error instanceof WardenError) return { release: given('wall-gone', false, 5000), doubt: true }
  if (isOfThisMachine(error)) return { release: given('worker-unfit', false, 5000), doubt: true }
  return { release: given('worker-error', true, 0), doubt: false }
}

/** A call to the operating system failed: no space, no file, no process. */
const isOfThisMachine = (error: unknown): boolean => error instanceof Error && 'syscall' in error
