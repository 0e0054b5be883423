import { coverages } from '@assayer/schema'
import { renderFinding } from '@assayer/schema/render'
import type { ExportedFinding, TemplateCount } from '@assayer/schema/store'
import { severityChart } from './html-chart.ts'
import { closeTemplate, openTemplate, placeOf } from './html-finding.ts'
import { pageHead, summaryOf } from './html-summary.ts'
import { markup } from './markup.ts'
import type { Source } from '@assayer/schema/export'
import { coverageWord } from '@assayer/schema/export'

/**
 * One page that stands alone: no script, nothing loaded. State, reason and coverage come first, then a chart, findings by
 * template, their details, the targets. Everything from a template or a target is text.
 */
export async function* writeHtml(source: Source): AsyncGenerator<string> {
  const { scan } = source
  const templates = await source.templates()
  yield (await pageHead(scan)).html
  yield summaryOf(scan, severityChart(scan.findings)).html
  const anchors = new Map(templates.map((one, at) => [keyOf(one), `t${at + 1}`]))
  if (templates.length === 0) yield markup`<section><h2>Findings</h2><p>${noFindings(scan.state)}</p></section>\n`.html
  else {
    const heads = markup`<th>Severity</th><th>Finding</th><th class="number">Places</th>`
    yield markup`<section><h2>Findings</h2><table><thead><tr>${heads}</tr></thead><tbody>\n`.html
    for (const one of templates) yield tableRow(one, anchors.get(keyOf(one)) ?? '').html
    yield markup`</tbody></table></section>\n<section><h2>Details</h2>\n`.html
    yield* details(source, anchors)
    yield markup`</section>\n`.html
  }
  const heads = markup`<th>Target</th><th>Coverage</th><th>Reason</th>`
  yield markup`<section><h2>Targets</h2><table><thead><tr>${heads}</tr></thead><tbody>\n`.html
  for await (const page of source.targets(coverages)) {
    for (const { ordered, coverage, reason } of page) {
      const judged = markup`<td class="${coverage === 'covered' ? 'good' : 'bad'}">${coverageWord(coverage)}</td>`
      yield markup`<tr><td><code>${ordered}</code></td>${judged}<td>${reason ?? ''}</td></tr>\n`.html
    }
  }
  yield markup`</tbody></table></section>
<footer>Made by Assayer from scan <code>${scan.id}</code>. A finding is what a template of Nuclei matched; the report tells
what was seen, and cannot tell that nothing else is there.</footer></main></body></html>\n`.html
}

/** The findings, each under its template's heading; an open heading is closed when the next one comes. */
async function* details(source: Source, anchors: ReadonlyMap<string, string>): AsyncGenerator<string> {
  let open: string | null = null
  for await (const page of source.findings()) {
    let chunk = ''
    for (const row of page) {
      const key = keyOf(row)
      const finding = renderFinding(row)
      if (key !== open) {
        chunk += `${open === null ? '' : closeTemplate.html}${openTemplate(finding, anchors.get(key) ?? '').html}`
        open = key
      }
      chunk += placeOf(finding, row).html
    }
    yield chunk
  }
  if (open !== null) yield closeTemplate.html
}

const keyOf = ({ severity, templateId }: TemplateCount | ExportedFinding): string => `${severity} ${templateId}`

const noFindings = (state: string): string =>
  state === 'completed' ? 'Nothing was found.' : 'Nothing was found where the scan looked.'

function tableRow({ severity, templateId, name, count }: TemplateCount, anchor: string) {
  const badge = markup`<td class="level"><span class="badge badge-${severity}">${severity}</span></td>`
  const link = markup`<td><a href="#${anchor}">${name}</a><div class="ids">${templateId}</div></td>`
  return markup`<tr>${badge}${link}<td class="number">${count}</td></tr>\n`
}
