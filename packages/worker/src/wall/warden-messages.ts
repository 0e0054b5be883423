import * as v from 'valibot'

/** What worker and warden say to each other: one JSON object a line, over the warden's stdin and stdout. */
/** Enough for ten thousand targets, with all that was counted of each. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const time = v.nullable(v.number())
const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535))
const attemptId = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const credential = v.pipe(v.string(), v.minLength(16), v.maxLength(255))
const family = v.picklist([4, 6])
/** Of `systemClock.monotonic`: when the claim or renewal that gave the lease was sent off. */
const asOf = v.pipe(v.number(), v.finite())

// Not strict inside: whoever made these may know more of them than the wall needs.
const OwnAddress = v.object({ address: v.string(), port: v.nullable(port) })
const ScopePattern = v.variant('kind', [
  v.object({ kind: v.picklist(['host', 'subdomains']), host: v.string(), port: v.nullable(port) }),
  v.object({ kind: v.literal('network'), address: v.string(), bits: count, family, port: v.nullable(port) }),
])
const ScopeRule = v.object({
  effect: v.picklist(['allow', 'deny']),
  pattern: ScopePattern,
  origin: v.picklist(['operator', 'workspace']),
  expiresAt: v.nullable(v.string()),
})
const OpenTarget = v.object({
  host: v.string(),
  port: v.nullable(port),
  address: v.nullable(family),
  scheme: v.nullable(v.picklist(['http', 'https'])),
})
/** A target as the wall needs it; a parsed target has these fields. */
export type OpenTarget = v.InferOutput<typeof OpenTarget>

const Hello = v.strictObject({
  type: v.literal('hello'),
  own: v.array(OwnAddress),
  resolvers: v.array(v.string()),
  leaseMs: v.pipe(count, v.minValue(1)),
  marginMs: count,
})
const Open = v.strictObject({
  type: v.literal('open'),
  attemptId,
  user: credential,
  password: credential,
  scope: v.object({ rules: v.array(ScopeRule), own: v.array(OwnAddress) }),
  targets: v.array(OpenTarget),
  requestsPerSecond: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100_000)),
  maxConnections: v.pipe(count, v.minValue(1), v.maxValue(65_535)),
  asOf,
})
const Spawned = v.strictObject({
  type: v.literal('spawned'),
  attemptId,
  // 1 and below would name every process, or the one that a container lives by.
  pgid: v.pipe(count, v.minValue(2)),
  startTime: v.string(),
})

export const WorkerMessage = v.variant('type', [
  Hello,
  Open,
  Spawned,
  v.strictObject({ type: v.literal('token'), attemptIds: v.array(attemptId), asOf }),
  v.strictObject({ type: v.literal('shut'), attemptId }),
  v.strictObject({ type: v.literal('close'), attemptId }),
  v.strictObject({ type: v.literal('evidence'), attemptId }),
])
export type WorkerMessage = v.InferOutput<typeof WorkerMessage>
export type HelloMessage = v.InferOutput<typeof Hello>
export type OpenMessage = v.InferOutput<typeof Open>

/** Counts of connections but for the bytes, `requests` and the peak; times are epoch milliseconds. What is nothing is not sent. */
const counts = {
  /** Dials that scope allowed, whatever became of them. */
  connects: v.optional(count, 0),
  /** Of these: refused, unreachable or given up by the wall itself (`shed`). */
  failed: v.optional(count, 0),
  /** Of `failed`: the peer refused. */
  closed: v.optional(count, 0),
  shed: v.optional(count, 0),
  /** No connection within the deadline, or Nuclei hung up before there was one. */
  timedOut: v.optional(count, 0),
  refusedByScope: v.optional(count, 0),
  bytesIn: v.optional(count, 0),
  bytesOut: v.optional(count, 0),
  requests: v.optional(count, 0),
  /** Connections on which an HTTP request, or any inside TLS, went out. */
  asked: v.optional(count, 0),
  /** The peer answered a request over HTTP or inside TLS. */
  answers: v.optional(count, 0),
  /** Requests after the first on their connection that got nothing back before Nuclei left, or have not yet. */
  unanswered: v.optional(count, 0),
  /** The same for greetings in TLS, the first word on their connection. */
  greetingsUnanswered: v.optional(count, 0),
  tlsHandshakes: v.optional(count, 0),
  /** The peer sent bytes that are neither. */
  otherAnswers: v.optional(count, 0),
  /** Connects, and requests after the first on a connection, in the busiest second. */
  peakRequestsPerSecond: v.optional(count, 0),
  firstAt: v.optional(time, null),
  lastAt: v.optional(time, null),
  firstAnswerAt: v.optional(time, null),
  lastAnswerAt: v.optional(time, null),
  /** The same for `tlsHandshakes` and `otherAnswers`. */
  firstOtherAt: v.optional(time, null),
  lastOtherAt: v.optional(time, null),
}
const Counts = v.strictObject(counts)
export type Counts = v.InferOutput<typeof Counts>

const evidence = {
  at: v.number(),
  /** Port 0 stands for ports not counted one by one: of a target without port, and of what came after the cap. */
  targets: v.array(v.strictObject({ host: v.string(), port, ...counts })),
  refused: v.array(v.strictObject({ host: v.string(), port, count })),
  refusedTotal: count,
  /** Connections that the wall had no room for, of whichever attempt, since this one was opened. */
  turnedAway: count,
  /** How long the wall stood still since then, in pieces of a second and more: requests may have timed out unseen. */
  stoodStillMs: count,
}
const Evidence = v.strictObject(evidence)
export type Evidence = v.InferOutput<typeof Evidence>
export type TargetEvidence = Evidence['targets'][number]

const Killed = v.strictObject({
  type: v.literal('killed'),
  attemptId,
  why: v.picklist(['tokens-ceased', 'warden-ended']),
  /** What became of the process group: none was told of, or its number now belongs to another process. */
  group: v.picklist(['killed', 'gone', 'not-ours', 'none']),
})

export const WardenMessage = v.variant('type', [
  v.strictObject({ type: v.literal('listening'), port }),
  v.strictObject({ type: v.literal('opened'), attemptId }),
  v.strictObject({ type: v.literal('evidence'), attemptId, ...evidence }),
  v.strictObject({ type: v.literal('closed'), attemptId, ...evidence }),
  Killed,
  /** The answer to an `open`, `evidence` or `close` that could not be done. */
  v.strictObject({
    type: v.literal('failed'),
    attemptId,
    request: v.picklist(['open', 'evidence', 'close']),
    why: v.string(),
  }),
])
export type WardenMessage = v.InferOutput<typeof WardenMessage>
/** As it is sent. */
export type SentByWarden = v.InferInput<typeof WardenMessage>
export type KilledMessage = v.InferOutput<typeof Killed>
export type GroupEnd = KilledMessage['group']
