/** The closed list of problem codes: status and title. */
export const problems = {
  'malformed-json': [400, 'The body is not valid JSON'],
  'malformed-request': [400, 'A header, cursor or parameter cannot be read'],
  'key-missing': [401, 'An API key is needed: Authorization: Bearer asy_...'],
  'key-invalid': [401, 'The API key is not valid'],
  'signature-invalid': [401, 'The signature is not valid'],
  'permission-missing': [403, 'The key lacks a permission'],
  'route-not-found': [404, 'There is no such route'],
  'scan-not-found': [404, 'There is no such scan'],
  'shard-not-found': [404, 'There is no such shard'],
  'finding-not-found': [404, 'There is no such finding'],
  'key-not-found': [404, 'There is no such key'],
  'target-not-found': [404, 'There is no such target'],
  'scope-rule-not-found': [404, 'There is no such scope rule'],
  'profile-not-found': [404, 'There is no such profile'],
  'template-not-found': [404, 'There is no such template'],
  'custom-template-not-found': [404, 'There is no such custom template'],
  'webhook-endpoint-not-found': [404, 'There is no such webhook endpoint'],
  'webhook-delivery-not-found': [404, 'There is no such delivery'],
  'audit-event-not-found': [404, 'There is no such audit event'],
  'trigger-not-found': [404, 'There is no such trigger'],
  'method-not-allowed': [405, 'The route does not have this method'],
  'not-acceptable': [406, 'No answer in an accepted media type'],
  'scan-already-finished': [409, 'The scan has already ended'],
  'scan-not-finished': [409, 'The scan has not ended'],
  'scan-not-complete': [409, 'The scan is not completed'],
  'idempotency-in-progress': [409, 'A request with this idempotency key is still running'],
  'name-taken': [409, 'The name is taken'],
  'key-is-own': [409, 'A key cannot do this to itself'],
  'key-is-bootstrap': [409, 'The bootstrap key lives in the environment'],
  'profile-is-default': [409, 'The default profile keeps its name and is not deleted'],
  'in-use': [409, 'It is in use'],
  'version-mismatch': [412, 'It has changed since it was read'],
  'body-too-large': [413, 'The body is too large'],
  'uri-too-long': [414, 'The URI is too long'],
  'unsupported-media-type': [415, 'The media type is not supported'],
  'headers-too-large': [431, 'The headers are too large'],
  'invalid-input': [422, 'The input was read and refused'],
  'target-invalid': [422, 'A target cannot be scanned as written'],
  'target-out-of-scope': [422, 'A target is out of scope'],
  'scope-rule-not-permitted': [422, 'Such a scope rule is not permitted'],
  'selection-empty': [422, 'The selection matches no installed template'],
  'template-invalid': [422, 'The template is not valid'],
  'template-not-permitted': [422, 'Such a template is not permitted'],
  'idempotency-key-reused': [422, 'The idempotency key was used with another request'],
  'url-not-permitted': [422, 'The URL is not permitted'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'Something went wrong inside'],
  overloaded: [503, 'The service is overloaded'],
  'database-unavailable': [503, 'The database cannot be reached'],
  'no-worker': [503, 'No worker has registered its templates yet'],
  draining: [503, 'The process is stopping'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof problems

/** One refused piece of input; never holds the value itself. */
export type ProblemError = {
  in: 'body' | 'query' | 'path' | 'header'
  pointer?: string
  name?: string
  code: string
  message: string
}

type ProblemMore = { detail?: string; errors?: ProblemError[]; headers?: Record<string, string>; cause?: unknown }

/** An expected refusal, thrown anywhere and rendered in one place as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly errors: ProblemError[] | undefined
  readonly headers: Record<string, string>

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(more.detail ?? problems[code][1], { cause: more.cause })
    this.name = 'Problem'
    this.code = code
    this.detail = more.detail
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

/** For `throw problem('scan-not-found')`. */
export const problem = (code: ProblemCode, more?: ProblemMore): Problem => new Problem(code, more)
