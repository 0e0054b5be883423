import type { ExportedFinding } from '../store/index.ts'
import { renderFinding } from '../render/index.ts'
import { parseRequest, parseResponse } from './http-message.ts'
import { levelOf } from './sarif-rule.ts'
import { visible } from './visible.ts'

/** One finding as a SARIF result of the rule at that index. */
export function resultOf(row: ExportedFinding, ruleIndex: number) {
  const finding = renderFinding(row)
  const { templateId, severity, confirmed, fingerprint, matcherName, extractedResults } = finding
  const uri = artifactUri(row)
  return {
    ruleId: templateId,
    ruleIndex,
    level: levelOf(severity),
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: placeOf(finding).slice(0, 4096), kind: 'resource' }],
      },
    ],
    // Code scanning reads the first alone and takes it for the one it would compute from a source file.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'assayerFingerprint/v1': fingerprint },
    webRequest: { ...parseRequest(row.request), target: placeOf(finding) },
    ...(row.response === null ? {} : { webResponse: parseResponse(row.response) }),
    properties: { findingId: finding.id, severity, confirmed, matcherName, extractedResults },
  }
}

const placeOf = ({ matchedAt, host }: { matchedAt: string | null; host: string | null }): string =>
  matchedAt ?? host ?? ''

function messageOf(finding: ReturnType<typeof renderFinding>): string {
  const { name, confirmed, matcherName, extractedResults } = finding
  const parts = [
    `${name} at ${placeOf(finding)}`,
    ...(matcherName === null ? [] : [`(${matcherName})`]),
    ...(extractedResults.length === 0 ? [] : [`found: ${extractedResults.slice(0, 3).join(', ').slice(0, 500)}`]),
    ...(confirmed ? [] : ['(unconfirmed: no attempt that ended saw it)']),
  ]
  // Brackets would be read as a link (SARIF 2.1.0, 3.11.6).
  return visible(parts.join(' ')).replaceAll(/[[\]]/g, String.raw`\$&`)
}

/**
 * A relative reference that stays the same from scan to scan, as code scanning wants a file of a repository: host, port where
 * the URL names one, and path, each segment encoded, without dots that would climb.
 */
function artifactUri({ host, port, matchedAt }: ExportedFinding): string {
  const place = matchedAt ?? ''
  const url = /^https?:/.test(place) && URL.canParse(place) ? new URL(place) : null
  const origin =
    url === null ? [host ?? 'unknown', ...(port === null ? [] : [port])].join('_') : url.host.replace(':', '_')
  const segments = [origin, ...(url?.pathname.split('/') ?? [])].filter((one) => !['', '.', '..'].includes(one))
  return segments
    .map((segment) => encodeURIComponent(decoded(segment).toWellFormed()))
    .join('/')
    .slice(0, 2048)
    .replace(/%[0-9A-F]?$/, '')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
