import { isTerminal, newId, problem } from '@assayer/schema'
import { cancelWaitingShards, getScan, requestCancel, settleScan, twice } from '@assayer/schema/store'
import * as v from 'valibot'
import { readOptionalJson } from '../request/body.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { readIdempotencyKey } from '../request/idempotency.ts'
import { refuseQuery } from '../request/query.ts'
import { validate } from '../request/validate.ts'
import { renderScan } from '../render/scan.ts'
import { scanIdOf } from './scans.ts'

/**
 * `POST /v1/scans/{id}/cancel`: 202 with the scan, 200 when it is cancelled already. Three statements, each repeatable, so
 * the request is idempotent by nature and its key only has to be well-formed.
 */
export async function cancelScan({ deps: { sql, now }, c, actor, requestId }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  readIdempotencyKey(c.req.header('Idempotency-Key'))
  const scanId = scanIdOf(c.req.param('id'))
  const body = await readOptionalJson(c)
  if (body !== undefined) validate(v.strictObject({}), body)
  const { workspaceId, createdBy } = actor
  const audit = { id: newId(), actor: createdBy, requestId }
  const before = await twice(() => requestCancel(sql, workspaceId, scanId, audit))
  if (before === null) throw problem('scan-not-found')
  if (!isTerminal(before)) {
    await twice(() => cancelWaitingShards(sql, workspaceId, scanId))
    await twice(() => settleScan(sql, workspaceId, scanId))
  }
  const row = await twice(() => getScan(sql, workspaceId, scanId))
  if (row === null) throw problem('scan-not-found')
  if (isTerminal(row.state) && row.state !== 'cancelled') throw problem('scan-already-finished')
  return json(before === 'cancelled' ? 200 : 202, renderScan(row, now()))
}
