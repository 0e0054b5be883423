import { formatId, Severity } from '../index.ts'
import type { FindingRow } from '../store/index.ts'
import * as v from 'valibot'
import { Count, idOf, named, openWord, Time } from './fields.ts'
import { timeOf } from './scan.ts'

const text = v.nullable(v.string())
const texts = v.array(v.string())
const fields = {
  id: idOf('finding'),
  scanId: idOf('scan'),
  shardId: idOf('shard'),
  attempt: Count,
  confirmed: v.boolean(),
  templateId: v.string(),
  name: v.string(),
  severity: Severity,
  type: openWord('http', 'ssl', 'dns', 'tcp', 'javascript'),
  matcherName: text,
  extractorName: text,
  target: text,
  host: text,
  port: v.nullable(Count),
  ip: text,
  matchedAt: text,
  extractedResults: texts,
  tags: texts,
  references: texts,
  description: text,
  remediation: text,
  classification: v.object({
    cveIds: texts,
    cweIds: texts,
    cvssScore: v.nullable(v.number()),
    cvssMetrics: text,
    epssScore: v.nullable(v.number()),
  }),
  curlCommand: text,
  fingerprint: v.string(),
  at: v.nullable(Time),
  createdAt: Time,
}

/** A finding as lists and streams show it. */
export const Finding = named('Finding', v.object(fields))
export type Finding = v.InferOutput<typeof Finding>

/** A single finding; `evidence` is there for a key that may read it, and null where none is kept. */
export const FindingWithEvidence = named(
  'FindingWithEvidence',
  v.object({ ...fields, evidence: v.optional(v.nullable(v.object({ request: text, response: text }))) }),
)

/** A finding as answers show it, without its evidence. */
export function renderFinding(row: FindingRow): Finding {
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
