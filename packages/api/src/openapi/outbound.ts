import { eventTypes } from '@assayer/schema'
import type { EventType } from '@assayer/schema'
import { EndpointEvent, FindingEvent, ScanEvent } from '@assayer/schema/render'
import type { createComponents } from './components.ts'
import type { Schema } from './operation.ts'

type Json = Record<string, unknown>
type Components = ReturnType<typeof createComponents>

const told: Record<EventType, { summary: string; schema: Schema }> = {
  'scan.started': { summary: "A scan's first shard began", schema: ScanEvent },
  'scan.completed': { summary: 'A scan ended, every target covered', schema: ScanEvent },
  'scan.partial': { summary: 'A scan ended with targets that were not covered', schema: ScanEvent },
  'scan.failed': { summary: 'A scan ended with nothing covered', schema: ScanEvent },
  'scan.cancelled': { summary: 'A scan was cancelled', schema: ScanEvent },
  'finding.created': { summary: "A finding at or above the endpoint's floor was confirmed", schema: FindingEvent },
  'endpoint.disabled': {
    summary: 'An endpoint was disabled, as it is gone or fails for five days',
    schema: EndpointEvent,
  },
  'endpoint.test': { summary: 'A sample that somebody asked for', schema: EndpointEvent },
}

const header = (description: string): Json => ({ required: true, description, schema: { type: 'string' } })
const headers = {
  'webhook-id': header('The event, `evt_...`: the same at each try, so that a second one can be told.'),
  'webhook-timestamp': header('When this try was signed, in seconds since 1970.'),
  'webhook-signature': header('`v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated.'),
}

/** What endpoints are sent, as OpenAPI's `webhooks`. */
export function outbound(components: Components): Json {
  const entries = eventTypes.map((type) => {
    const { summary, schema } = told[type]
    const post = {
      operationId: `on${type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
      tags: ['Webhooks'],
      summary,
      parameters: Object.entries(headers).map(([name, one]) => ({ name, in: 'header', ...one })),
      requestBody: { required: true, content: { 'application/json': { schema: components.ref(schema, 'output') } } },
      responses: {
        '2XX': { description: 'It was taken. Any other answer, or none within 15 s, is tried again.' },
        410: { description: 'The endpoint is gone: it is disabled.' },
      },
    }
    return [type, { post }]
  })
  return Object.fromEntries(entries) as Json
}
