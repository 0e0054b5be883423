import { problem, shownShardStates } from '@assayer/schema'
import { listScanShards, scanState } from '@assayer/schema/store'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { pageOf } from '../request/cursor.ts'
import { oneOf } from '../request/filters.ts'
import { readListQuery } from '../request/query.ts'
import { renderShard } from '../render/shard.ts'
import { scanIdOf } from './scans.ts'

/** What a list of shards can be narrowed by. */
export const shardFilters = { state: oneOf(shownShardStates) }

/** `GET /v1/scans/{id}/shards`: in the order in which the scan was cut. */
export async function listShards({ deps, c, actor }: Call): Promise<Answer> {
  const scanId = scanIdOf(c.req.param('id'))
  const { page, filters } = readListQuery(c.req.url, 'shards', shardFilters)
  const { limit, before } = page
  const after = before === null ? null : Number(before)
  const states = filters.state.flatMap((state): string[] => (state === 'queued' ? ['queued', 'held'] : [state]))
  const [state, rows] = await Promise.all([
    scanState(deps.sql, actor.workspaceId, scanId),
    listScanShards(deps.sql, actor.workspaceId, scanId, { states, after, limit: limit + 1 }),
  ])
  if (state === null) throw problem('scan-not-found')
  return json(
    200,
    pageOf('shards', rows, limit, (row) => String(row.ordinal), renderShard),
  )
}
