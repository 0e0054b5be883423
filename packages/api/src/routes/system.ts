import { bundleInUse, listWorkers, readFleet } from '@assayer/schema/store'
import { json } from '../request/call.ts'
import type { Answer, Call } from '../request/call.ts'
import { refuseQuery } from '../request/query.ts'
import { renderSystem } from '../render/system.ts'

/** `GET /v1/system` */
export async function showSystem({ deps, c }: Call): Promise<Answer> {
  refuseQuery(c.req.url)
  const [fleet, workers, bundle] = await Promise.all([
    readFleet(deps.sql),
    listWorkers(deps.sql),
    bundleInUse(deps.sql),
  ])
  return json(200, renderSystem(fleet, workers, bundle, deps.progress.isUp()))
}
