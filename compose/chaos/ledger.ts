import { randomUUID } from 'node:crypto'
import { Refused, Unreachable, call } from '../client/http.ts'
import type { Service } from '../client/http.ts'
import type { Scan } from '../client/types.ts'
import { pause } from './supervise.ts'

/** An order that a 202 was read for. */
export type Accepted = { id: string; key: string; at: number; targets: string[] }
export type OrderOptions = {
  targets: string[]
  templates?: Record<string, unknown>
  limits?: Record<string, number>
  shardSize?: number
  priority?: number
  /** How long a client goes on trying; default 30 s. */
  patienceMs?: number
}

type Tried = { status: number; retryAfter: boolean; ms: number }

/** What a client was told: all that the service may never forget. */
export type Ledger = {
  /** Orders with a key of its own, and tries again with the same key while the service is away or says 5xx. */
  order(options: OrderOptions): Promise<Accepted>
  /** Orders once, and says how that ended; the status is 0 when nobody answers within 30 s. */
  try(options: OrderOptions): Promise<Tried>
  accepted(): Accepted[]
  /** Keys of orders sent, answered or not. */
  keys(): string[]
  /** Answers that were no 202 and no problem of 5xx kind. */
  refusals(): string[]
  /** Tries that were not answered with a 202. */
  failedTries(): number
}

/** A few quick templates, so that a run by the real Nuclei takes a second. */
const fewTemplates = { ids: ['assayer-robots-paths', 'assayer-git-config', 'assayer-env-file'] }

/** The body of an order; the label is the key, so that the database tells which order a scan came from. */
export const bodyOf = (key: string, given: Omit<OrderOptions, 'patienceMs'>) => ({
  templates: fewTemplates,
  ...given,
  labels: { order: key },
})

/** Keeps what is ordered at the services; each try goes to the next one. */
export function openLedger(services: () => Service[]): Ledger {
  const accepted: Accepted[] = []
  const keys: string[] = []
  const refusals: string[] = []
  let failedTries = 0
  let turn = 0

  const order = async ({ patienceMs = 30_000, ...given }: OrderOptions): Promise<Accepted> => {
    const key = randomUUID()
    keys.push(key)
    const body = bodyOf(key, given)
    const deadline = AbortSignal.timeout(patienceMs)
    for (;;) {
      const all = services()
      const service = all[turn++ % all.length]
      if (service === undefined) throw new Error('no API to order at')
      try {
        const signal = AbortSignal.any([deadline, AbortSignal.timeout(10_000)])
        const headers = { 'Idempotency-Key': key }
        const response = await call(service, '/v1/scans', { method: 'POST', body, headers, signal })
        const { id } = (await response.json()) as Scan
        if (response.status !== 202) refusals.push(`${key} was answered with ${response.status}`)
        const entry = { id, key, at: Date.now(), targets: given.targets }
        accepted.push(entry)
        return entry
      } catch (error) {
        failedTries++
        const again =
          error instanceof Unreachable || !(error instanceof Refused) || error.status >= 500 || error.status === 409
        if (!again)
          refusals.push(`${key} was refused: ${error.problem.code} ${JSON.stringify(error.problem.errors ?? [])}`)
        if (!again || deadline.aborted) throw error
      }
      await pause(200, deadline)
    }
  }
  const tryOnce = async (given: OrderOptions): Promise<Tried> => {
    const key = randomUUID()
    keys.push(key)
    const [service] = services()
    const since = performance.now()
    const answer = await fetch(`${service?.url}/v1/scans`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service?.key}`, 'Content-Type': 'application/json', Connection: 'close' },
      body: JSON.stringify(bodyOf(key, given)),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null)
    const body: unknown = await answer?.json().catch(() => null)
    if (answer?.status === 202) accepted.push({ id: (body as Scan).id, key, at: Date.now(), targets: given.targets })
    const retryAfter = answer?.headers.has('Retry-After') ?? false
    return { status: answer?.status ?? 0, retryAfter, ms: performance.now() - since }
  }
  return {
    order,
    try: tryOnce,
    accepted: () => accepted,
    keys: () => keys,
    refusals: () => refusals,
    failedTries: () => failedTries,
  }
}
