import type { NewFinding } from '@assayer/schema/store'

import type { Batch } from '../findings/batch.ts'
import { readEvent } from '../findings/event.ts'
import type { NucleiEvent } from '../findings/event.ts'
import { spawnNuclei } from '../nuclei/spawn.ts'
import type { NucleiExit } from '../nuclei/spawn.ts'
import { hear, nothingTold } from '../nuclei/stderr.ts'
import type { Told } from '../nuclei/stderr.ts'
import type { Attempt } from './attempt.ts'
import { killsAtOnce } from './attempt.ts'

export const caps = { lineBytes: 1_048_576, bytes: 1_073_741_824, findings: 50_000 }

export type RunEnd = {
  exit: NucleiExit
  told: Told
  peakBytes: number
  /** Output that was lost: lines too long, objects that cannot be read, bytes and findings past the caps. */
  dropped: number
  /** Lines that are no object: no finding was in them. */
  odd: number
}
export type RunStart = {
  binary: string
  args: string[]
  env: Record<string, string>
  folder: string
  /** Silence of the request counter and of the wall after which the run counts as hung. */
  stalledAfterMs: number
  graceMs: number
}

export type RunHooks = {
  onSpawned(pid: number, startTime: string): void
  onProgress(told: Told): void
  /** Whether anything passed the wall since it was last asked: some templates send what Nuclei counts as no request. */
  wallMoved(): Promise<boolean>
}

/**
 * One run of Nuclei for an attempt: findings go into the batch as they are printed, progress to `onProgress` each second. When
 * the attempt is stopped Nuclei gets SIGINT, after the grace SIGKILL; where a stop leaves no time, SIGKILL at once. Throws when
 * the batch cannot be written, after Nuclei is gone.
 */
export async function runNuclei(
  attempt: Attempt,
  start: RunStart,
  batch: Batch,
  toRow: (event: NucleiEvent) => NewFinding,
  hooks: RunHooks,
): Promise<RunEnd> {
  const told = nothingTold()
  let odd = 0
  let broken = 0
  let unread = 0
  const refusedBefore = batch.refused()
  let moved = performance.now()
  let looked = moved
  const run = spawnNuclei({
    ...start,
    cwd: start.folder,
    maxLineBytes: caps.lineBytes,
    maxBytes: caps.bytes,
    async onFinding(line) {
      // Past the cap they are only counted: reading a million of them takes minutes.
      if (batch.refused() > refusedBefore) return void unread++
      // To parse what is no object costs an error each: a flood of it kept a worker busy for minutes.
      if (!line.startsWith('{')) return void odd++
      const event = readEvent(line)
      if (event === null) broken++
      else await batch.add(toRow(event))
    },
    onMessage(line) {
      const before = told.requests
      hear(told, line)
      if (told.requests > before) moved = performance.now()
    },
  })
  if (run.pid !== null) hooks.onSpawned(run.pid, run.startTime)
  let kill: NodeJS.Timeout | undefined
  const stop = () => {
    const why = attempt.stopped()
    if (why === null) return
    run.signal(killsAtOnce(why) ? 'SIGKILL' : 'SIGINT')
    kill ??= setTimeout(() => run.signal('SIGKILL'), start.graceMs)
  }
  attempt.signal.addEventListener('abort', stop)
  const watch = setInterval(() => {
    hooks.onProgress(told)
    const now = performance.now()
    if (now - moved > start.stalledAfterMs) attempt.stop('stalled')
    if (now - looked < start.stalledAfterMs / 4) return
    looked = now
    hooks.wallMoved().then(
      (still) => still && (moved = performance.now()),
      () => {},
    )
  }, 1000)
  if (attempt.stopped()) stop()
  try {
    const { skippedLines, lostBytes, peakBytes, ...exit } = await run.ended
    const dropped = skippedLines + lostBytes + broken + unread + batch.refused() - refusedBefore
    return { exit, told, peakBytes, dropped, odd }
  } finally {
    clearInterval(watch)
    clearTimeout(kill)
    attempt.signal.removeEventListener('abort', stop)
  }
}
