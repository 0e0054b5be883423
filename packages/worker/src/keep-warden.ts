import { fileURLToPath } from 'node:url'
import type { Log, OwnAddress } from '@assayer/schema'
import type { LeaseTimes } from './claim/watch-attempts.ts'
import { startWarden } from './wall/start-warden.ts'
import type { Warden } from './wall/start-warden.ts'

export type KeptWarden = {
  /** The living warden; started at the first call, and again after one died. */
  get(): Promise<Warden>
  token(attemptIds: string[], asOf: number): void
  stop(): Promise<void>
}

/** Keeps one warden beside the worker. Where one dies, what ran behind its wall is lost and the next call starts another. */
export function keepWarden(options: {
  own: OwnAddress[]
  resolvers: string[]
  times: LeaseTimes
  log: Log
  onKilled(attemptId: string): void
  onLost(): void
}): KeptWarden {
  let kept: Promise<Warden> | null = null
  let ready: Warden | null = null
  const entry = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './wall/warden.ts' : './warden.mjs', import.meta.url),
  )

  const start = async (): Promise<Warden> => {
    ready = await startWarden({
      entry,
      own: options.own,
      resolvers: options.resolvers,
      leaseMs: options.times.leaseMs,
      marginMs: options.times.marginMs,
      onKilled: (attemptId, group) => {
        options.log.warn({ attempt: attemptId, group }, 'warden killed a scanner whose lease ran out')
        options.onKilled(attemptId)
      },
      onExit: (code) => {
        options.log.error({ code }, 'warden died: its scanners are stopped')
        kept = null
        ready = null
        options.onLost()
      },
    })
    return ready
  }
  return {
    get() {
      kept ??= start().catch((error: unknown) => {
        kept = null
        throw error
      })
      return kept
    },
    token: (attemptIds, asOf) => ready?.token(attemptIds, asOf),
    async stop() {
      await ready?.stop()
      ready = null
    },
  }
}
