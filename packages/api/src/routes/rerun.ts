import { isTerminal, problem } from '@assayer/schema'
import { getScan, orderedTargets, twice } from '@assayer/schema/store'
import { acceptOrder } from '../order/accept.ts'
import { refuseFields } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { oneOf } from '../request/filters.ts'
import { firstAnswerCounts, readIdempotency } from '../request/idempotency.ts'
import { readFilters } from '../request/query.ts'
import { invalidInput } from '../request/validate.ts'
import { scanIdOf } from './scans.ts'

/** Which targets a new scan takes. */
export const rerunFilters = { only: oneOf(['unfinished'], 1) }

/**
 * `POST /v1/scans/{id}/rerun`: 202 with a new scan of the same order, against the scope and the templates of today.
 * `?only=unfinished` takes of a scan that has ended the targets that were not covered.
 */
export async function rerunScan(call: Call): Promise<Answer> {
  const { c, deps, actor } = call
  const { only } = readFilters(c.req.url, rerunFilters)
  const unfinished = only.length > 0
  const scanId = scanIdOf(c.req.param('id'))
  await refuseFields(c)
  const idempotency = await readIdempotency(call, `POST /v1/scans/${scanId}/rerun ${only.join()}`, null)
  return await firstAnswerCounts(call, idempotency, async () => {
    const [row, targets] = await twice(() =>
      Promise.all([
        getScan(deps.sql, actor.workspaceId, scanId),
        orderedTargets(deps.sql, actor.workspaceId, scanId, unfinished),
      ]),
    )
    if (row === null) throw problem('scan-not-found')
    if (unfinished && !isTerminal(row.state)) throw problem('scan-not-finished')
    if (targets.length === 0) throw nothingLeft()
    const { profile, templates, limits, priority, shardSize, labels } = row
    const order = { targets, profile, templates, limits, evidence: row.evidence, priority, shardSize, labels }
    return await acceptOrder(call, order, idempotency, scanId)
  })
}

const nothingLeft = () => {
  const message = 'every target of the scan is covered'
  return invalidInput([{ in: 'query', name: 'only', code: 'nothing-left', message }])
}
