import type { Log, OwnAddress, ScopeRule } from '@assayer/schema'
import type { Sql } from '@assayer/schema/store'
import type { InstalledBundle } from '../bundle/read-bundle.ts'
import type { Warden } from '../wall/start-warden.ts'

/** What running an attempt needs; made in start-worker.ts. */
export type RunDeps = {
  workerId: string
  sql: Sql
  log: Log
  binary: string
  bundle: InstalledBundle
  scanDir: string
  resolvers: string[]
  userAgent: string | null
  operatorRules: ScopeRule[]
  own: OwnAddress[]
  /** The share of memory of one Nuclei in bytes; null when the worker has no limit. */
  memoryShare: number | null
  warden(): Promise<Warden>
  /** Tells listeners that something of a scan changed, or that it ended. */
  publish(scanId: string, ended?: boolean): void
  /** No claim until the self-check passes: a spawn failed. */
  doubtSelf(): void
}
