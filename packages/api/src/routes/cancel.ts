import { isTerminal, problem } from '@assayer/schema'
import { cancelWaitingShards, getScan, requestCancel, settleScan, twice } from '@assayer/schema/store'
import { auditOf, readAct } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { actOnce } from '../request/idempotency.ts'
import { renderScan } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

/**
 * `POST /v1/scans/{id}/cancel`: 202 with the scan, 200 when it is cancelled already. Three statements, each repeatable.
 */
export async function cancelScan(call: Call): Promise<Answer> {
  const { deps, c, actor } = call
  const { sql, now } = deps
  const { workspaceId } = actor
  const scanId = scanIdOf(c.req.param('id'))
  const idempotency = await readAct(call)
  const audit = auditOf(call)
  const answer = async (before: string) => {
    if (before !== 'cancelled') {
      await twice(() => cancelWaitingShards(sql, workspaceId, scanId))
      await twice(() => settleScan(sql, workspaceId, scanId))
    }
    const row = await twice(() => getScan(sql, workspaceId, scanId))
    if (row === null) throw problem('scan-not-found')
    if (isTerminal(row.state) && row.state !== 'cancelled') throw problem('scan-already-finished')
    return { status: before === 'cancelled' ? 200 : 202, version: row.version, value: renderScan(row, now()) }
  }
  return await actOnce(call, idempotency, {
    act: (key) => twice(() => requestCancel(sql, workspaceId, scanId, audit, key)),
    answer,
    refused: async () => {
      const row = await twice(() => getScan(sql, workspaceId, scanId))
      return problem(row === null ? 'scan-not-found' : 'scan-already-finished')
    },
  })
}
