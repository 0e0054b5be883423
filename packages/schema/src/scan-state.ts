import * as v from 'valibot'

export const scanStates = ['queued', 'paused', 'running', 'completed', 'partial', 'failed', 'cancelled'] as const
export const ScanState = v.picklist(scanStates)
export type ScanState = v.InferOutput<typeof ScanState>

export const terminalStates = ['completed', 'partial', 'failed', 'cancelled'] as const satisfies readonly ScanState[]
export type TerminalState = (typeof terminalStates)[number]

/** A terminal state is never left. */
export const isTerminal = (state: string): state is TerminalState =>
  (terminalStates as readonly string[]).includes(state)

export const shardStates = ['queued', 'held', 'running', 'completed', 'partial', 'failed', 'cancelled', 'dead'] as const
export type ShardState = (typeof shardStates)[number]

/** A shard that a pause holds back is shown as one that waits. */
export const shownShardStates = ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled', 'dead'] as const

/** Worst first: a target's coverage is the worst over its shards. */
export const coverages = ['pending', 'skipped', 'unreachable', 'partial', 'covered'] as const
export const Coverage = v.picklist(coverages)
export type Coverage = v.InferOutput<typeof Coverage>

/** Why a scan, a shard or a target ended as it did. The codes are an open list. */
export type Reason = { code: string; detail: string | null }
