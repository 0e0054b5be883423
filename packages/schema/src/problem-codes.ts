/** The texts of what is not there: an id that is none, one of something deleted, and one of another workspace are not told apart. */
const notThere = (what: string, prefix: string) =>
  [
    404,
    `There is no such ${what}`,
    `It was never there, was deleted, or belongs to another workspace than the key. An id begins with \`${prefix}_\`; another prefix, or upper case, is none.`,
  ] as const

/** The closed list of problem codes: status, title, and for who meets one what it means and what to do. */
export const problems = {
  'malformed-json': [
    400,
    'The body is not valid JSON',
    'A body is one JSON value (RFC 8259) in UTF-8, with no key twice in an object and no nesting deeper than 64. `detail` says which of these it is not.',
  ],
  'malformed-request': [
    400,
    'A header, cursor or parameter cannot be read',
    'Send cursors and event ids as they were given, an `Idempotency-Key` of 1 to 255 visible ASCII characters, and in path and query UTF-8 in percent-encoding. `detail` or `errors` says what it is.',
  ],
  'key-missing': [
    401,
    'An API key is needed: Authorization: Bearer asy_...',
    'A key stands in the header of each request. The first one is made by the script `key`, further ones by `POST /v1/keys`.',
  ],
  'key-invalid': [
    401,
    'The API key is not valid',
    'It is unknown, has expired or was revoked: which of these is not told. Look whether it was copied whole, or have a new one made.',
  ],
  'signature-invalid': [
    401,
    'The signature is not valid',
    'A delivery to `/hooks` has to be signed over its very bytes with the secret of its trigger, and its time stamp may be five minutes away. Compare the secret at both ends, and the clocks.',
  ],
  'permission-missing': [
    403,
    'The key lacks a permission',
    '`detail` names it. What a key may do never changes: have another one made.',
  ],
  'route-not-found': [
    404,
    'There is no such route',
    'Look for another spelling, upper case, or a slash too many. `/openapi.json` and `/docs` have all routes.',
  ],
  'scan-not-found': notThere('scan', 'scn'),
  'shard-not-found': notThere('shard', 'shd'),
  'finding-not-found': notThere('finding', 'fnd'),
  'key-not-found': notThere('key', 'key'),
  'target-not-found': notThere('target', 'tgt'),
  'scope-rule-not-found': notThere('scope rule', 'scr'),
  'profile-not-found': notThere('profile', 'prf'),
  'template-not-found': [
    404,
    'There is no such template',
    'The workers have none of this id installed. `GET /v1/templates` searches what they have; those of your own are at `/v1/custom-templates`.',
  ],
  'custom-template-not-found': notThere('custom template', 'tpl'),
  'webhook-endpoint-not-found': notThere('webhook endpoint', 'whe'),
  'webhook-delivery-not-found': notThere('delivery', 'dlv'),
  'audit-event-not-found': notThere('audit event', 'aud'),
  'trigger-not-found': notThere('trigger', 'trg'),
  'method-not-allowed': [405, 'The route does not have this method', 'The header `Allow` names those that it has.'],
  'not-acceptable': [
    406,
    'No answer in an accepted media type',
    '`detail` names what the route answers with: name it in `Accept`, or send `*/*`.',
  ],
  'scan-already-finished': [
    409,
    'The scan has already ended',
    'It stays as it is. `POST /v1/scans/{id}/rerun` orders the same once more.',
  ],
  'scan-not-finished': [
    409,
    'The scan has not ended',
    'Wait for its end, by `Prefer: wait=60` for instance, or cancel it.',
  ],
  'scan-not-complete': [
    409,
    'The scan is not completed',
    'A reader of SARIF takes results that are missing for fixed ones. `allowPartial=true` exports it all the same.',
  ],
  'idempotency-in-progress': [
    409,
    'A request with this idempotency key is still running',
    'Send it again after `Retry-After` seconds: its answer is the first one.',
  ],
  'name-taken': [409, 'The name is taken', 'Choose another one, or change what has it.'],
  'key-is-own': [409, 'A key cannot do this to itself', 'Nobody is to lock itself out: ask with another key.'],
  'key-is-bootstrap': [
    409,
    'The bootstrap key lives in the environment',
    'Who runs the service changes `ASSAYER_BOOTSTRAP_KEY`, or takes it away.',
  ],
  'profile-is-default': [
    409,
    'The default profile keeps its name and is not deleted',
    'Its selection and limits can be changed, and other profiles made beside it.',
  ],
  'in-use': [409, 'It is in use', '`detail` says by what, or what has to be done first.'],
  'version-mismatch': [
    412,
    'It has changed since it was read',
    'Read it again, make the change anew, and send it with the new `ETag` as `If-Match`.',
  ],
  'body-too-large': [
    413,
    'The body is too large',
    'It may have 1 MiB. Keep the targets of a large order at `/v1/targets` and take them by `targetLabels`.',
  ],
  'uri-too-long': [414, 'The URI is too long', 'It may have 8,192 characters: ask with fewer filters at once.'],
  'unsupported-media-type': [
    415,
    'The media type is not supported',
    'Send JSON in UTF-8 that is not compressed, as `application/json`; a change also as `application/merge-patch+json`.',
  ],
  'headers-too-large': [431, 'The headers are too large', 'All of them together may have 16 KiB.'],
  'invalid-input': [
    422,
    'The input was read and refused',
    '`errors` has each mistake, with a JSON pointer into the body or the name of a parameter. Fields and parameters that are not known are mistakes too.',
  ],
  'target-invalid': [
    422,
    'A target cannot be scanned as written',
    '`errors` points to each. A target is an http(s) URL, a host, `host:port`, `[v6]:port` or the id of a kept target; a network is none.',
  ],
  'target-out-of-scope': [
    422,
    'A target is out of scope',
    '`errors` has the reason for each, and the line that would allow it. Who may write scope rules adds it by `POST /v1/scope-rules`; a private address is opened in `SCOPE_ALLOW` by who runs the service. Scan only what you may.',
  ],
  'scope-rule-not-permitted': [
    422,
    'Such a scope rule is not permitted',
    'A workspace allows neither everything nor a whole public suffix, no network wider than /16 (of IPv6 /32) and no private address: these are for who runs the service, in `SCOPE_ALLOW`.',
  ],
  'selection-empty': [
    422,
    'The selection matches no installed template',
    'Nothing would be looked for. Widen `templates`; `GET /v1/templates` has what is installed.',
  ],
  'template-invalid': [422, 'The template is not valid', '`detail` has what Nuclei itself says of it.'],
  'template-not-permitted': [
    422,
    'Such a template is not permitted',
    'A template of your own is of the protocol http, dns, ssl or tcp, and brings no code, script, file, browser or flow. `detail` says what was met.',
  ],
  'idempotency-key-reused': [
    422,
    'The idempotency key was used with another request',
    'A key stands for one request for 24 hours: send a new one with each new request.',
  ],
  'url-not-permitted': [
    422,
    'The URL is not permitted',
    'Events go by https to public addresses; who runs the service opens others in `WEBHOOK_ALLOW`. `detail` says what is wrong.',
  ],
  'rate-limited': [
    429,
    'Too many requests',
    'Send it again after `Retry-After` seconds. `RateLimit` in each answer says how many are left.',
  ],
  internal: [
    500,
    'Something went wrong inside',
    'Nobody planned for this. Tell who runs the service the `requestId`: the cause stands beside it in the log.',
  ],
  overloaded: [503, 'The service is overloaded', 'Send it again after `Retry-After` seconds. Nothing was done.'],
  'database-unavailable': [
    503,
    'The database cannot be reached',
    'Send it again after `Retry-After` seconds. What was asked may have been done: a POST is safe to repeat with the same `Idempotency-Key`.',
  ],
  'no-worker': [
    503,
    'No worker has registered its templates yet',
    'A worker tells what can be scanned for, and validates templates. Start one, and send it again after `Retry-After` seconds.',
  ],
  draining: [503, 'The process is stopping', 'Send it again after `Retry-After` seconds: another process takes it.'],
} as const satisfies Record<string, readonly [number, string, string]>

export type ProblemCode = keyof typeof problems

/** Whether a text is one of the codes. */
export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)
