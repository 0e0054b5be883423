import { newId, severities } from '@assayer/schema'
import type { NewFinding } from '@assayer/schema/store'
import type { NucleiEvent } from './event.ts'
import { fingerprintOf } from './fingerprint.ts'
import { redactAll, redactCommand } from './redact.ts'

/** Bytes of UTF-8. */
const cap = 65_536
const encoder = new TextEncoder()
const room = new Uint8Array(cap)

/** The beginning of a text, at most `most` bytes of UTF-8; no character is cut in two. */
function cut(text: string | null | undefined, most = cap): string | null {
  if (text == null) return null
  return text.slice(0, encoder.encodeInto(text, room.subarray(0, most)).read).toWellFormed()
}
const cutAll = (texts: string[] | null | undefined, count: number, most: number): string[] =>
  (texts ?? []).slice(0, count).map((text) => cut(text, most) ?? '')

const rfc3339 = /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** In a form that PostgreSQL takes, milliseconds kept; JavaScript alone would read almost any text as a time. */
function timeOf(text: string | null | undefined): string | null {
  const at = rfc3339.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const maxRecord = 16_384
const smallOrNone = (record: Record<string, unknown> | null | undefined): Record<string, unknown> =>
  JSON.stringify(record ?? {}).length > maxRecord ? {} : (record ?? {})

/** What Nuclei printed beside what has a column or a name of its own; exports put it back in its place. */
const restOf = ({ info, ...event }: NucleiEvent) => ({
  template: cut(event.template, 500),
  templateUrl: cut(event['template-url'], 2048),
  authors: cutAll(info.author, 20, 100),
  impact: cut(info.impact),
  metadata: smallOrNone(info.metadata),
  scheme: cut(event.scheme, 20),
  url: cut(event.url, 4096),
  path: cut(event.path, 4096),
  meta: smallOrNone(event.meta),
})

/**
 * The row for one event of Nuclei. Unless evidence is `full`, secrets of known shape are taken out of every text first; the
 * fingerprint is that of the event as it came. `targetOf` names the ordered target it belongs to.
 */
export function toFinding(
  came: NucleiEvent,
  evidence: 'none' | 'redacted' | 'full',
  targetOf: (host: string | null, port: number | null) => string | null,
): NewFinding {
  const event = evidence === 'full' ? came : withoutSecrets(came)
  const port = Number(event.port ?? Number.NaN)
  const host = cut(event.host, 300)
  const where = { host, port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null }
  const said = event.info.severity?.toLowerCase() ?? 'unknown'
  return {
    id: newId(),
    fingerprint: fingerprintOf(came),
    templateId: event['template-id'],
    name: cut(event.info.name, 500) ?? '',
    severity: severities.find((severity) => severity === said) ?? 'unknown',
    type: cut(event.type, 50) ?? '',
    matcherName: cut(event['matcher-name'], 300),
    extractorName: cut(event['extractor-name'], 300),
    target: targetOf(cut(came.host, 300), where.port),
    ...where,
    ip: cut(event.ip, 60),
    matchedAt: cut(event['matched-at'], 4096),
    extractedResults: cutAll(event['extracted-results'], 200, 4096),
    detail: {
      tags: cutAll(event.info.tags, 100, 100),
      references: cutAll(event.info.reference, 100, 2048),
      description: cut(event.info.description),
      remediation: cut(event.info.remediation),
      classification: smallOrNone(event.info.classification),
      curlCommand: cut(event['curl-command']),
      nuclei: restOf(event),
    },
    at: timeOf(event.timestamp),
    request: evidence === 'none' ? null : cut(event.request),
    response: evidence === 'none' ? null : cut(event.response),
  }
}

function withoutSecrets(event: NucleiEvent): NucleiEvent {
  const command = event['curl-command']
  const clean = redactAll({ ...event, 'curl-command': null })
  return {
    ...clean,
    'template-id': event['template-id'],
    'curl-command': command == null ? null : redactCommand(command),
  }
}
