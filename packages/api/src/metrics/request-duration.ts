import type { Family } from './exposition.ts'

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60] as const

/** How long this process took over its requests, by route and class of status. */
export type RequestDurations = {
  observe(route: string, status: number, seconds: number): void
  family(): Family
}

type Row = { route: string; status: string; buckets: number[]; sum: number; count: number }

/** A histogram of requests. Routes are those of the house, so its size is bounded. */
export function requestDurations(): RequestDurations {
  const rows = new Map<string, Row>()
  return {
    observe(route, status, seconds) {
      const classed = `${Math.trunc(status / 100)}xx`
      const key = `${route} ${classed}`
      const row = rows.get(key) ?? { route, status: classed, buckets: bounds.map(() => 0), sum: 0, count: 0 }
      rows.set(key, row)
      row.sum += seconds
      row.count++
      const at = bounds.findIndex((bound) => seconds <= bound)
      if (at >= 0) row.buckets[at] = (row.buckets[at] ?? 0) + 1
    },
    family: () => ({
      name: 'assayer_request_duration_seconds',
      type: 'histogram',
      help: 'Time to answer, by route and class of status, of this process.',
      samples: [...rows.values()].flatMap(({ route, status, buckets, sum, count }) => {
        const labels = { route, status }
        let below = 0
        return [
          ...bounds.map((bound, at) => {
            below += buckets[at] ?? 0
            return { labels: { ...labels, le: String(bound) }, value: below, suffix: '_bucket' as const }
          }),
          { labels: { ...labels, le: '+Inf' }, value: count, suffix: '_bucket' as const },
          { labels, value: sum, suffix: '_sum' as const },
          { labels, value: count, suffix: '_count' as const },
        ]
      }),
    }),
  }
}
