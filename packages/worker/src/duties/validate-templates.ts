import { claimValidation, endValidation, releaseValidation, renewValidation } from '@assayer/schema/store'
import type { Sql, ValidationOutcome } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'
import { insist } from '../claim/insist.ts'
import type { Judged, Refused } from '../custom/judge.ts'
import { validateTemplate } from '../custom/validate.ts'
import { digestOf } from '../custom/write-custom.ts'

const leaseMs = 3000
const renewMs = 1000

/**
 * Validates the templates that somebody waits for, one after another. Each is claimed with a lease of three seconds, renewed each
 * second: where this worker dies another takes it, and where it was only slow its outcome is fenced. `onEnd` is told of each.
 */
export async function validateTemplates(
  deps: { workerId: string; sql: Sql; log: Log; binary: string; scanDir: string; onEnd(id: string): void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const claimed = await claimValidation(deps.sql, { id: deps.workerId, leaseMs })
    if (claimed === null) return
    const { source, ...key } = claimed
    const fenced = new AbortController()
    const renew = setInterval(() => {
      renewValidation(deps.sql, key, leaseMs).then(
        (mine) => mine || fenced.abort(),
        () => {},
      )
    }, renewMs)
    try {
      const { binary, scanDir } = deps
      const judged = await validateTemplate(source, {
        binary,
        scanDir,
        signal: AbortSignal.any([signal, fenced.signal]),
      })
      const written = await insist(
        () => endValidation(deps.sql, key, outcomeOf(judged, source)),
        AbortSignal.timeout(5000),
      )
      deps.log.info({ validation: key.id, attempt: key.attempt, ok: judged.ok, fenced: !written }, 'template validated')
      if (written) deps.onEnd(key.id)
    } catch (error) {
      if (fenced.signal.aborted) continue
      await releaseValidation(deps.sql, key).catch(() => {})
      if (signal.aborted) return
      throw error
    } finally {
      clearInterval(renew)
    }
  }
}

function outcomeOf(judged: Judged | Refused, source: string): ValidationOutcome {
  if (!judged.ok) return judged
  const { id, name, severity, protocol, tags, requests } = judged.read.template
  return { ok: true, digest: digestOf(source), templateId: id, title: name, severity, protocol, tags, requests }
}
