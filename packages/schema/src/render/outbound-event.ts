import * as v from 'valibot'
import { Count, idOf, named, Time } from './fields.ts'
import { Finding } from './finding.ts'
import { Scan } from './scan.ts'

const url = v.string()
/** What is left of a scan where the body would have 20 kB or more, or the scan was deleted. */
const ScanCut = named(
  'ScanCut',
  v.object({
    id: idOf('scan'),
    state: v.string(),
    coverage: v.optional(v.record(v.string(), Count)),
    findings: v.optional(v.record(v.string(), Count)),
    url,
  }),
)
const FindingCut = named(
  'FindingCut',
  v.object({
    id: idOf('finding'),
    templateId: v.optional(v.string()),
    name: v.optional(v.string()),
    severity: v.optional(v.string()),
    matchedAt: v.optional(v.nullable(v.string())),
    url,
  }),
)
const deleted = v.optional(v.boolean())

const event = <Data extends v.GenericSchema>(name: string, data: Data) =>
  named(name, v.object({ type: v.string(), timestamp: Time, sequence: Count, data }))

/** The body of a scan's event. */
export const ScanEvent = event(
  'OutboundScanEvent',
  v.object({
    scan: v.union([v.object({ ...Scan.entries, url }), ScanCut]),
    deleted,
    truncated: v.pipe(
      v.optional(v.boolean()),
      v.description('There were more findings than the thousand that were told one by one.'),
    ),
  }),
)

/** The body of `finding.created`. */
export const FindingEvent = event(
  'OutboundFindingEvent',
  v.object({ scanId: idOf('scan'), finding: v.union([v.object({ ...Finding.entries, url }), FindingCut]), deleted }),
)

/** The body of an endpoint's event. */
export const EndpointEvent = event(
  'OutboundEndpointEvent',
  v.object({
    endpoint: v.object({
      id: idOf('webhook-endpoint'),
      url: v.nullable(url),
      enabled: v.boolean(),
      disabledReason: v.optional(v.nullable(v.string())),
    }),
  }),
)
