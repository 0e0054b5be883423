import { readFleet, twice } from '@assayer/schema/store'
import type { Deps } from '../deps.ts'
import { expose } from '../metrics/exposition.ts'
import { fleetFamilies } from '../metrics/fleet-families.ts'
import type { RequestDurations } from '../metrics/request-duration.ts'
import type { Answer } from '../request/call.ts'
import { refuseQuery } from '../request/query.ts'
import type { Handler } from '../request/call.ts'

const mediaType = 'text/plain; version=0.0.4; charset=utf-8'

/** Everything that is measured, in Prometheus's text format. */
export async function metricsText(
  { sql, progress }: Pick<Deps, 'sql' | 'progress'>,
  durations: RequestDurations,
): Promise<string> {
  const fleet = await twice(() => readFleet(sql))
  return expose([...fleetFamilies(fleet, progress.isUp()), durations.family()])
}

/** `GET /metrics` */
export const createShowMetrics =
  (durations: RequestDurations): Handler =>
  async ({ deps, c }): Promise<Answer> => {
    refuseQuery(c.req.url)
    return { status: 200, body: await metricsText(deps, durations), headers: { 'Content-Type': mediaType } }
  }
