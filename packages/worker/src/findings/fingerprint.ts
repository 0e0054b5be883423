import { createHash } from 'node:crypto'
import type { NucleiEvent } from './event.ts'

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/**
 * What makes two lines the same finding, in hex: template, matcher, extractor, type, host, port, matched-at, extracted results
 * and meta, the last two sorted. Left out is what varies from run to run: time stamp, curl command, order.
 */
export function fingerprintOf(event: NucleiEvent): string {
  const identity = [
    event['template-id'],
    event['matcher-name'] ?? '',
    event['extractor-name'] ?? '',
    event.type,
    event.host ?? '',
    String(event.port ?? ''),
    event['matched-at'] ?? '',
    (event['extracted-results'] ?? []).toSorted(byText),
    Object.entries(event.meta ?? {})
      .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
      .toSorted(byText),
  ]
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex')
}
