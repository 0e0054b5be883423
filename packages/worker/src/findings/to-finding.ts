import { newId, severities } from '@assayer/schema'
import type { NewFinding } from '@assayer/schema/store'
import type { NucleiEvent } from './event.ts'
import { fingerprintOf } from './fingerprint.ts'
import { redact, redactCommand } from './redact.ts'

const cap = 65_536
const cut = (text: string | null | undefined, most = cap): string | null => text?.slice(0, most).toWellFormed() ?? null
const cutAll = (texts: string[] | null | undefined, count: number, most: number): string[] =>
  (texts ?? []).slice(0, count).map((text) => text.slice(0, most).toWellFormed())

const rfc3339 = /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** In a form that PostgreSQL takes, milliseconds kept; JavaScript alone would read almost any text as a time. */
function timeOf(text: string | null | undefined): string | null {
  const at = rfc3339.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const maxClassification = 16_384

/** The row for one event of Nuclei. `targetOf` names the ordered target it belongs to. */
export function toFinding(
  event: NucleiEvent,
  evidence: 'none' | 'redacted' | 'full',
  targetOf: (host: string | null, port: number | null) => string | null,
): NewFinding {
  const clean = evidence === 'full' ? (text: string) => text : redact
  const port = Number(event.port ?? Number.NaN)
  const host = cut(event.host, 300)
  const where = { host, port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null }
  const curl = event['curl-command']
  const classification = event.info.classification ?? {}
  const said = event.info.severity?.toLowerCase() ?? 'unknown'
  return {
    id: newId(),
    fingerprint: fingerprintOf(event),
    templateId: event['template-id'],
    name: cut(event.info.name, 500) ?? '',
    severity: severities.find((severity) => severity === said) ?? 'unknown',
    type: cut(event.type, 50) ?? '',
    matcherName: cut(event['matcher-name'], 300),
    extractorName: cut(event['extractor-name'], 300),
    target: targetOf(where.host, where.port),
    ...where,
    ip: cut(event.ip, 60),
    matchedAt: cut(event['matched-at'], 4096),
    extractedResults: (event['extracted-results'] ?? [])
      .slice(0, 200)
      .map((one) => clean(one).slice(0, 4096).toWellFormed()),
    detail: {
      tags: cutAll(event.info.tags, 100, 100),
      references: cutAll(event.info.reference, 100, 2048),
      description: cut(event.info.description),
      remediation: cut(event.info.remediation),
      classification: JSON.stringify(classification).length > maxClassification ? {} : classification,
      curlCommand: curl == null ? null : cut(evidence === 'full' ? curl : redactCommand(curl)),
    },
    at: timeOf(event.timestamp),
    request: evidence === 'none' || event.request == null ? null : cut(clean(event.request)),
    response: evidence === 'none' || event.response == null ? null : cut(clean(event.response)),
  }
}
