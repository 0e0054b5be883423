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
import type { Answer, Call } from '../request/call.ts'
import { actOnce } from '../request/idempotency.ts'
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
  const idempotency = await readAct(call)
  const audit = auditOf(call)
  return await actOnce(call, idempotency, {
    act: async (key) => {
      const { state } = await readOpen(call, scanId)
      await twice(() => requestPause(sql, workspaceId, scanId, audit, key))
      return state
    },
    answer: async (before) => {
      await twice(() => holdWaitingShards(sql, workspaceId, scanId))
      await twice(() => settleScan(sql, workspaceId, scanId))
      const row = await readOpen(call, scanId)
      return { status: before === 'paused' ? 200 : 202, version: row.version, value: renderScan(row, call.deps.now()) }
    },
    refused: () => whyNot(call, scanId),
  })
}

/** `POST /v1/scans/{id}/resume`: takes a pause back, whether it has come about or not. 200 when there is none. */
export async function resumeScan(call: Call): Promise<Answer> {
  const { sql } = call.deps
  const { workspaceId } = call.actor
  const scanId = scanIdOf(call.c.req.param('id'))
  const idempotency = await readAct(call)
  const audit = auditOf(call)
  return await actOnce(call, idempotency, {
    act: async (key) => {
      const { state, pauseRequestedAt } = await readOpen(call, scanId)
      await twice(() => requestResume(sql, workspaceId, scanId, audit, key))
      return pauseRequestedAt === null ? state : 'paused'
    },
    answer: async (before) => {
      await twice(() => queueHeldShards(sql, workspaceId, scanId))
      await twice(() => settleScan(sql, workspaceId, scanId))
      const row = await readOpen(call, scanId)
      call.deps.ring()
      return { status: before === 'paused' ? 202 : 200, version: row.version, value: renderScan(row, call.deps.now()) }
    },
    refused: () => whyNot(call, scanId),
  })
}

/** Why a scan that was open when the request came could be neither paused nor resumed. */
async function whyNot(call: Call, scanId: string): Promise<Error> {
  await readOpen(call, scanId)
  return new Error('an open scan refuses to be paused or resumed')
}

/** The scan, refused once it has ended or is being cancelled: what is left to it can be neither paused nor resumed. */
async function readOpen({ deps, actor }: Call, scanId: string): Promise<ScanRow> {
  const row = await twice(() => getScan(deps.sql, actor.workspaceId, scanId))
  if (row === null) throw problem('scan-not-found')
  if (isTerminal(row.state)) throw problem('scan-already-finished')
  if (row.cancelRequestedAt !== null) throw problem('scan-already-finished', { detail: 'The scan is being cancelled' })
  return row
}
