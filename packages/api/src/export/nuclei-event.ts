import type { ExportedFinding } from '@assayer/schema/store'
import { timeOf } from '@assayer/schema/render'

/**
 * The event as Nuclei printed it, from its row, in Nuclei's order of keys and without what it leaves out. `template-path` is
 * gone, as it names a folder of the worker's. What no last attempt saw has `assayer-confirmed: false`, which Nuclei does not
 * know. Source: Nuclei 3.11.1, `-jsonl` (pkg/output, ResultEvent).
 */
export function nucleiEvent(row: ExportedFinding): Record<string, unknown> {
  const { detail } = row
  const rest = recordOf(detail['nuclei'])
  return without({
    template: rest['template'],
    'template-url': rest['templateUrl'],
    'template-id': row.templateId,
    info: without({
      name: row.name,
      author: rest['authors'],
      tags: detail['tags'],
      description: detail['description'],
      impact: rest['impact'],
      reference: detail['references'],
      severity: row.severity,
      metadata: rest['metadata'],
      classification: detail['classification'],
      remediation: detail['remediation'],
    }),
    'matcher-name': row.matcherName,
    'extractor-name': row.extractorName,
    type: row.type,
    host: row.host,
    port: row.port === null ? null : String(row.port),
    scheme: rest['scheme'],
    url: rest['url'],
    path: rest['path'],
    'matched-at': row.matchedAt,
    'extracted-results': row.extractedResults,
    request: row.request,
    response: row.response,
    meta: rest['meta'],
    ip: row.ip,
    timestamp: timeOf(row.at),
    'curl-command': detail['curlCommand'],
    'matcher-status': true,
    ...(row.confirmed === true ? {} : { 'assayer-confirmed': false }),
  })
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const isEmpty = (value: unknown): boolean =>
  value == null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

const without = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
