import type { Target } from '@assayer/schema'
import type { Answer } from './ask.ts'

export type ShardTarget = { ordinal: number; target: Target }
/** A target with what it was found to speak; `web` is the scheme that HTTP templates use. */
export type Reached = ShardTarget & { web: 'http' | 'https' | null }
export type RunPlan = { lines: string[]; protocols: readonly string[] }

const all = ['http', 'ssl', 'dns', 'tcp', 'javascript'] as const
const withoutHttp = ['ssl', 'dns', 'tcp', 'javascript'] as const

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** The ports to ask of a target that names no scheme: its own, or 443 and then 80. */
export const portsToAsk = ({ port }: Target): number[] => (port === null ? [443, 80] : [port])

/** What the answers of a target's ports mean for its HTTP templates. */
export const webOf = (answers: Answer[]): 'http' | 'https' | null =>
  answers.find((answer) => answer === 'https' || answer === 'http') ?? null

/**
 * The runs of Nuclei for a shard: one with a URL for each target that speaks HTTP, with all templates, and one with host:port
 * for the others, without HTTP templates, which would wait there for an answer that never comes.
 */
export function planRuns(targets: Reached[]): RunPlan[] {
  const urls = targets.flatMap(({ target, web }) => (web === null ? [] : [urlOf(target, web)]))
  const endpoints = targets.flatMap(({ target, web }) => (web === null ? [endpointOf(target)] : []))
  return [
    ...(urls.length > 0 ? [{ lines: [...new Set(urls)], protocols: all }] : []),
    ...(endpoints.length > 0 ? [{ lines: [...new Set(endpoints)], protocols: withoutHttp }] : []),
  ]
}

const urlOf = (target: Target, web: 'http' | 'https'): string =>
  target.kind === 'url' ? target.canonical : `${web}://${endpointOf(target)}`

const endpointOf = ({ host, port }: Target): string => (port === null ? bracketed(host) : `${bracketed(host)}:${port}`)
