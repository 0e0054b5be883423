import { formatId } from '../index.ts'
import type { FindingRow } from '../store/index.ts'
import { timeOf } from './scan.ts'

/** A finding as answers show it, without its evidence. */
export function renderFinding(row: FindingRow) {
  const { detail } = row
  const classification = isObject(detail['classification']) ? detail['classification'] : {}
  return {
    id: formatId('finding', row.id),
    scanId: formatId('scan', row.scanId),
    shardId: formatId('shard', row.shardId),
    attempt: row.attempt,
    confirmed: row.confirmed === true,
    templateId: row.templateId,
    name: row.name,
    severity: row.severity,
    type: row.type,
    matcherName: row.matcherName,
    extractorName: row.extractorName,
    target: row.target,
    host: row.host,
    port: row.port,
    ip: row.ip,
    matchedAt: row.matchedAt,
    extractedResults: row.extractedResults,
    tags: textsOf(detail['tags']),
    references: textsOf(detail['references']),
    description: textOf(detail['description']),
    remediation: textOf(detail['remediation']),
    classification: {
      cveIds: textsOf(classification['cve-id']),
      cweIds: textsOf(classification['cwe-id']),
      cvssScore: numberOf(classification['cvss-score']),
      cvssMetrics: textOf(classification['cvss-metrics']),
      epssScore: numberOf(classification['epss-score']),
    },
    curlCommand: textOf(detail['curlCommand']),
    fingerprint: row.fingerprint,
    at: timeOf(row.at),
    createdAt: timeOf(row.createdAt),
  }
}

// What a template says of itself is the scanner's words: of any type, and Nuclei writes one text where it could be a list.
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
