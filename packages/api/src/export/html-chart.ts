import { severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

const rowHeight = 34
const barFrom = 86
const barWidth = 400

/** A bar a severity, as long as its share of the most frequent one; what is there at all can be seen. */
export function severityChart(counts: Record<Severity, number>): Markup {
  const most = Math.max(1, ...severities.map((severity) => counts[severity]))
  const label = severities.map((severity) => `${counts[severity]} ${severity}`).join(', ')
  const rows = severities.map((severity, at) => {
    const count = counts[severity]
    const width = count === 0 ? 0 : Math.max(6, Math.round((count / most) * barWidth))
    const y = at * rowHeight
    const bar = (kind: string, length: number) =>
      markup`<rect class="${kind}" x="${barFrom}" y="${y + 8}" width="${length}" height="16" rx="4"/>`
    const name = `${severity.slice(0, 1).toUpperCase()}${severity.slice(1)}`
    return markup`<text x="0" y="${y + 21}">${name}</text>${bar('track', barWidth)}${bar(`fill-${severity}`, width)}
<text class="count" x="${barFrom + barWidth + 64}" y="${y + 21}" text-anchor="end">${count}</text>\n`
  })
  const size = `0 0 ${barFrom + barWidth + 66} ${severities.length * rowHeight}`
  return markup`<svg viewBox="${size}" role="img" aria-label="Findings by severity: ${label}">${rows}</svg>`
}
