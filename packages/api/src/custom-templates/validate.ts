import { newId, problem } from '@assayer/schema'
import { askValidation, dropValidation, twice, validationOutcome } from '@assayer/schema/store'
import type { ValidTemplate } from '@assayer/schema/store'
import { createAlarm, pause } from '../events/pause.ts'
import type { Call } from '../request/call.ts'

const longestMs = 10_000
const shortestLookMs = 50
const betweenLooksMs = 250

/**
 * Has a worker validate a template by the real Nuclei and waits for what it says: `template-invalid` or `template-not-permitted`
 * with its message, `no-worker` when none did within ten seconds, `draining` when the process stops first, `overloaded` when too many wait. What this needs stands in PostgreSQL: any worker may do it, and
 * any process of the API may ask.
 */
export async function validateByWorker({ deps, c, actor }: Call, source: string): Promise<ValidTemplate> {
  const id = newId()
  const { workspaceId } = actor
  const { signal } = c.req.raw
  const alarm = createAlarm()
  const unwatch = deps.progress.watch(id, alarm.ring)
  const until = performance.now() + longestMs
  try {
    if (!(await twice(() => askValidation(deps.sql, workspaceId, id, source))))
      throw problem('overloaded', {
        detail: 'Too many templates wait to be validated',
        headers: { 'Retry-After': '5' },
      })
    deps.ring()
    while (!signal.aborted && !deps.draining()) {
      const outcome = await twice(() => validationOutcome(deps.sql, workspaceId, id))
      if (outcome?.ok) return outcome
      if (outcome !== null) {
        const { code, message } = outcome
        throw problem(code, { detail: message, errors: [{ in: 'body', pointer: '/source', code, message }] })
      }
      if (performance.now() >= until) break
      await pause(shortestLookMs, signal)
      await alarm.wait(betweenLooksMs, signal)
    }
    if (deps.draining()) throw problem('draining', { headers: { 'Retry-After': '2' } })
    throw problem('no-worker', {
      detail: 'No worker validated the template in time: send it again',
      headers: { 'Retry-After': '5' },
    })
  } finally {
    unwatch()
    // Nobody waits for it any more; where this fails a worker removes it.
    dropValidation(deps.sql, workspaceId, id).catch(() => {})
  }
}
