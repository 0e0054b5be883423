import { isOlder, problem, version } from '@assayer/schema'
import { lowestVersion } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import type { Answer } from '../request/call.ts'
import { json } from '../request/call.ts'
import { within } from '../request/deadline.ts'

/** `GET /healthz`: the process answers, whatever is accepted: a probe asks for the status. */
export const health = (): Answer => json(200, { status: 'ok' })

/**
 * `GET /readyz`: whether orders can be taken now. 503 while PostgreSQL does not answer within a second, is not migrated, or asks
 * for newer code than this, and while the process drains; `degraded` without Redis, as scans then start a little later.
 */
export function readinessOf(deps: Pick<Deps, 'health' | 'progress' | 'draining'>): () => Promise<Answer> {
  // Probes that come while one look is under way share it: on a half-open connection they would pile up.
  let look: Promise<string | null> | null = null
  const ask = () => {
    look ??= lowestVersion(deps.health).finally(() => {
      look = null
    })
    return look
  }
  return async () => {
    if (deps.draining()) throw problem('draining', { headers: { 'Retry-After': '5' } })
    let lowest: string | null
    try {
      lowest = await within(1000, ask())
    } catch (cause) {
      throw problem('database-unavailable', { headers: { 'Retry-After': '2' }, cause })
    }
    if (lowest !== null && isOlder(version, lowest)) {
      const detail = `The database asks for version ${lowest} or newer, this is ${version}`
      throw problem('database-unavailable', { detail, headers: { 'Retry-After': '60' } })
    }
    return json(200, { status: deps.progress.isUp() ? 'ready' : 'degraded' })
  }
}
