import type { ExportedFinding } from '@assayer/schema/store'
import { renderFinding } from '@assayer/schema/render'
import type { Source } from '@assayer/schema/export'
import { visible } from '@assayer/schema/export'

const columns = [
  ...['severity', 'confirmed', 'templateId', 'name', 'target', 'matchedAt', 'host', 'port', 'ip', 'type'],
  ...['matcherName', 'extractorName', 'extractedResults', 'description', 'remediation', 'tags', 'references', 'cveIds'],
  ...['cweIds', 'cvssScore', 'cvssMetrics', 'epssScore', 'curlCommand', 'id', 'fingerprint', 'at', 'createdAt'],
] as const
const withEvidence = ['request', 'response'] as const

/** One row a finding (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8. */
export async function* writeCsv({ findings, evidence }: Source): AsyncGenerator<string> {
  const names = [...columns, ...(evidence ? withEvidence : [])]
  yield `\ufeff${line(names)}`
  for await (const page of findings()) {
    yield page
      .map((row) => {
        const cells = cellsOf(row)
        return line(names.map((name) => cells[name]))
      })
      .join('')
  }
}

type Cell = string | string[] | number | boolean | null

function cellsOf(row: ExportedFinding): Record<string, Cell> {
  const { classification, ...finding } = renderFinding(row)
  return { ...finding, ...classification, request: row.request, response: row.response }
}

const line = (values: readonly (Cell | undefined)[]): string => `${values.map(cell).join(',')}\r\n`

// What a spreadsheet may take for a formula, also in full width and behind blanks (OWASP, CSV injection).
const formula = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u
/** What a cell of Excel and LibreOffice holds. */
const longest = 32_767
const cutMark = ' [cut]'

function cell(value: Cell = null): string {
  const text = Array.isArray(value) ? value.join('\n') : String(value ?? '')
  const safe = `${typeof value !== 'number' && formula.test(text) ? "'" : ''}${visible(text)}`
  const fits = safe.length > longest ? `${safe.slice(0, longest - cutMark.length).toWellFormed()}${cutMark}` : safe
  return `"${fits.replaceAll('"', '""')}"`
}
