import { problems } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import type { AnswerHeader } from './operation.ts'

type Json = Record<string, unknown>

const text = (description: string): Json => ({ description, schema: { type: 'string' } })

/** What an answer may say in headers. */
export const answerHeaders: Record<
  AnswerHeader | 'X-Request-Id' | 'Retry-After' | 'WWW-Authenticate' | 'RateLimit' | 'RateLimit-Policy',
  Json
> = {
  'X-Request-Id': { ...text('The id of the request, the one that was sent or a new one.'), required: true },
  Location: text('The path of what was made.'),
  ETag: text('The entity tag that a GET of what is shown has; not of the first answer to an act that comes again.'),
  'Idempotency-Replayed': text('`true`: this is the first answer to this key, again.'),
  'Preference-Applied': text('The preference that was followed.'),
  'Assayer-Scan-State': text('The state of the scan when its export began, and why: `partial; reason=deadline`.'),
  'Assayer-Coverage': text('How many targets have each coverage: `asked=2, covered=1, partial=0, unreachable=1, ...`.'),
  'Content-Disposition': text('The name of a file for it.'),
  'Retry-After': { description: 'Seconds after which to ask again.', schema: { type: 'integer', minimum: 0 } },
  'WWW-Authenticate': text('How to authenticate.'),
  RateLimit: text('What is left of the limit (IETF httpapi draft).'),
  'RateLimit-Policy': text('The limit (IETF httpapi draft).'),
}

const common = {
  400: ['BadRequest', ['malformed-request']],
  401: ['Unauthorized', ['key-invalid', 'key-missing']],
  403: ['Forbidden', ['permission-missing']],
  406: ['NotAcceptable', ['not-acceptable']],
  413: ['BodyTooLarge', ['body-too-large']],
  414: ['UriTooLong', ['uri-too-long']],
  415: ['UnsupportedMediaType', ['unsupported-media-type']],
  422: ['InvalidInput', ['invalid-input']],
  429: ['RateLimited', ['rate-limited']],
  431: ['HeadersTooLarge', ['headers-too-large']],
  500: ['InternalError', ['internal']],
  503: ['Unavailable', ['database-unavailable', 'overloaded']],
} as const satisfies Record<number, readonly [string, readonly ProblemCode[]]>

/** Answers that many routes share. */
export const commonResponses: Json = Object.fromEntries(
  Object.entries(common).map(([status, [name, codes]]) => [name, inline(Number(status), codes)]),
)

/** The answer with these problems, which are of one status and sorted. */
export function responseOf(status: number, codes: readonly ProblemCode[]): Json {
  const [name, known] = (common as Record<number, readonly [string, readonly ProblemCode[]]>)[status] ?? ['', []]
  return known.join() === codes.join() ? { $ref: `#/components/responses/${name}` } : inline(status, codes)
}

function inline(status: number, codes: readonly ProblemCode[]): Json {
  const headers = [
    'X-Request-Id',
    ...(status === 401 ? ['WWW-Authenticate'] : []),
    ...(status === 429 ? ['RateLimit', 'RateLimit-Policy'] : []),
    ...([409, 429, 503].includes(status) ? ['Retry-After'] : []),
  ]
  const [code = 'internal'] = codes
  return {
    description: codes.map((one) => `\`${one}\`: ${problems[one][1]}.`).join(' '),
    headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: {
          type: `/problems/${code}`,
          title: problems[code][1],
          status,
          instance: '/v1/scans',
          code,
          requestId: 'req_01kb3v1xg4f0rvm7t1jx1qhd2c',
        },
      },
    },
  }
}
