import type { Log, OwnAddress, ReceiverScope, ScopeRule, Sealer, Sha256 } from '@assayer/schema'
import type { Sql } from '@assayer/schema/store'
import type { RequestDurations } from './metrics/request-duration.ts'
import type { RateLimits } from './request/rate-limit.ts'

/** Says when something of a scan changed, or that it `ended`. It may stay silent: whoever waits also looks by itself. */
export type Progress = { watch(scanId: string, wake: (ended?: boolean) => void): () => void; isUp(): boolean }

/** All addresses of a name, `unresolvable` when it has none for certain; rejects when nobody could say. */
export type ResolveName = (name: string, signal: AbortSignal) => Promise<string[] | 'unresolvable'>

/** What the app stands on. `main.ts` brings Node's, the edge and the tests bring their own. */
export type Deps = {
  sql: Sql
  /** A pool of its own, so that readiness does not wait behind requests. */
  health: Sql
  /** The runtime's quickest: each request hashes its key. */
  sha256: Sha256
  /** Wakes the workers: fire and forget, never throws. */
  ring(): void
  progress: Progress
  /** Null where names cannot be looked up: then the wall alone judges addresses. */
  resolve: ResolveName | null
  operatorRules: readonly ScopeRule[]
  /** What the service itself stands on; may grow while it runs, as names are looked up. */
  own: readonly OwnAddress[]
  bootstrapKey: { id: string; secretHash: Uint8Array } | null
  /** Null: no limit. */
  limits: RateLimits | null
  /** Where events may be sent. */
  receivers: ReceiverScope
  /** Null where the operator gave no SECRETS_KEY. */
  sealer: Sealer | null
  /** The workspace of the bootstrap key. */
  defaultWorkspace(): Promise<string>
  /** Prefix of problem types; empty for relative ones. */
  publicUrl: string
  log: Log
  /** What this process measures of its own requests. */
  durations: RequestDurations
  draining(): boolean
  now(): Date
}
