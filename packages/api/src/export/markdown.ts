import { severities } from '@assayer/schema'
import type { ExportedFinding } from '@assayer/schema/store'
import { renderFinding } from '@assayer/schema/render'
import type { Source } from '@assayer/schema/export'
import { visible } from '@assayer/schema/export'
import { coverageWord, coverageWords, notCovered, plural, reasonWords, warningWords } from '@assayer/schema/export'

/** A comment for a merge request (GitHub's Markdown): state, reason and coverage first, then findings by template. */
export async function* writeMarkdown(source: Source): AsyncGenerator<string> {
  const { scan, evidence } = source
  const reason = reasonWords(scan)
  const warning = warningWords(scan)
  yield `## Scan ${scan.state}${reason === null ? '' : ` (${text(reason)})`}: ${plural(scan.findings.total, 'finding')}\n\n`
  yield `**Coverage:** ${coverageWords(scan)}.\n\n`
  if (warning !== null) yield `> [!WARNING]\n> ${warning}\n\n`
  yield `| ${severities.join(' | ')} | unconfirmed |\n|${' --: |'.repeat(severities.length + 1)}\n`
  yield `| ${[...severities, 'unconfirmed' as const].map((name) => scan.findings[name]).join(' | ')} |\n\n`
  let group: string | null = null
  for await (const page of source.findings()) {
    let chunk = ''
    for (const row of page) {
      if (`${row.severity} ${row.templateId}` !== group) {
        chunk += `${group === null ? '### Findings\n' : ''}\n**${row.severity}** ${text(row.name)} (${code(row.templateId)})\n\n`
        group = `${row.severity} ${row.templateId}`
      }
      chunk += place(row)
      if (evidence) chunk += `${block('Request', row.request)}${block('Response', row.response)}`
    }
    yield chunk
  }
  let first = true
  for await (const page of source.targets(notCovered)) {
    if (first) yield '\n### Not covered\n\n| target | coverage | reason |\n| --- | --- | --- |\n'
    first = false
    yield page
      .map(
        ({ ordered, coverage, reason }) => `| ${code(ordered)} | ${coverageWord(coverage)} | ${text(reason ?? '')} |\n`,
      )
      .join('')
  }
  yield `\n<sub>Assayer scan ${scan.id}, Nuclei ${text(scan.engine.nuclei)}, ${plural(scan.templatesSelected, 'template')}.</sub>\n`
}

function place(row: ExportedFinding): string {
  const { matchedAt, host, matcherName, extractedResults, confirmed } = renderFinding(row)
  const results = extractedResults.slice(0, 3).map((one) => code(one.slice(0, 200)))
  const more = extractedResults.length > 3 ? [`and ${extractedResults.length - 3} more`] : []
  return `- ${[
    code(matchedAt ?? host ?? 'no place'),
    ...(matcherName === null ? [] : [code(matcherName)]),
    ...(results.length === 0 ? [] : [`found ${[...results, ...more].join(', ')}`]),
    ...(confirmed ? [] : ['*unconfirmed*']),
  ].join(' \u00b7 ')}\n`
}

/**
 * Text that stays text, inside a line: what Markdown reads there is escaped, also where it would make a link of a bare URL; an
 * invisible joiner keeps @ and # from naming people and issues.
 */
const text = (given: string): string =>
  visible(given)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#+!|~&@$]|:(?=\/\/)|(?<=www)\./gi, (one) => `\\${one}${/[@#]/.test(one) ? '\u2060' : ''}`)

/** A code span in a table or a list: no line end, no fence that ends it, no bar that ends a cell. */
function code(given: string): string {
  const line = visible(given).replaceAll(/\s+/g, ' ').trim().replaceAll('|', '\u2502')
  if (line === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = /^`|`$/.test(line) ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

const longestRun = (line: string): number => Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))

function block(name: string, given: string | null): string {
  if (given === null) return ''
  const shown = visible(given)
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  const body = `${fence}http\n${shown}\n${fence}`.replaceAll(/^/gm, '  ')
  return `\n  <details><summary>${name}</summary>\n\n${body}\n\n  </details>\n\n`
}
