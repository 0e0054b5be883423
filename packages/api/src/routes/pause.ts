import { isTerminal, problem } from '@assayer/schema'
import {
  getScan,
  holdWaitingShards,
  queueHeldShards,
  requestPause,
  requestResume,
  settleScan,
  twice,
} from '@assayer/schema/store'
import type { ScanRow } from '@assayer/schema/store'
import { auditOf, readAct } from '../request/act.ts'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { renderScan } from '@assayer/schema/render'
import { scanIdOf } from './scans.ts'

/**
 * `POST /v1/scans/{id}/pause`: no further shard starts. 202 with the scan, which is `running` with `pauseRequestedAt` until its
 * last running shard ended; 200 when it is paused already.
 */
export async function pauseScan(call: Call): Promise<Answer> {
  const { sql } = call.deps
  const { workspaceId } = call.actor
  const scanId = scanIdOf(call.c.req.param('id'))
  await readAct(call)
  const before = await readOpen(call, scanId)
  const audit = auditOf(call)
  await twice(() => requestPause(sql, workspaceId, scanId, audit))
  await twice(() => holdWaitingShards(sql, workspaceId, scanId))
  await twice(() => settleScan(sql, workspaceId, scanId))
  const row = await readOpen(call, scanId)
  return json(before.state === 'paused' ? 200 : 202, renderScan(row, call.deps.now()))
}

/** `POST /v1/scans/{id}/resume`: takes a pause back, whether it has come about or not. 200 when there is none. */
export async function resumeScan(call: Call): Promise<Answer> {
  const { sql } = call.deps
  const { workspaceId } = call.actor
  const scanId = scanIdOf(call.c.req.param('id'))
  await readAct(call)
  const before = await readOpen(call, scanId)
  const audit = auditOf(call)
  await twice(() => requestResume(sql, workspaceId, scanId, audit))
  await twice(() => queueHeldShards(sql, workspaceId, scanId))
  await twice(() => settleScan(sql, workspaceId, scanId))
  const row = await readOpen(call, scanId)
  call.deps.ring()
  const was = before.state === 'paused' || before.pauseRequestedAt !== null
  return json(was ? 202 : 200, renderScan(row, call.deps.now()))
}

/** The scan, refused once it has ended or is being cancelled: what is left to it can be neither paused nor resumed. */
async function readOpen({ deps, actor }: Call, scanId: string): Promise<ScanRow> {
  const row = await twice(() => getScan(deps.sql, actor.workspaceId, scanId))
  if (row === null) throw problem('scan-not-found')
  if (isTerminal(row.state)) throw problem('scan-already-finished')
  if (row.cancelRequestedAt !== null) throw problem('scan-already-finished', { detail: 'The scan is being cancelled' })
  return row
}
