import { problems } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import * as v from 'valibot'
import { named } from '@assayer/schema/render'
import type { Needs } from '../request/permissions.ts'
import type { Operation } from './operation.ts'

/** What every refusal looks like (RFC 9457). */
export const ProblemDocument = named(
  'Problem',
  v.object({
    type: v.pipe(v.string(), v.description('Leads to a page on the code.')),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.optional(v.string()),
    instance: v.pipe(v.string(), v.description('The path asked for.')),
    code: v.pipe(v.string(), v.description('What programs act on. Open list.')),
    requestId: v.string(),
    errors: v.optional(
      v.array(
        named(
          'ProblemError',
          v.object({
            in: v.pipe(v.string(), v.description('`body`, `query`, `path` or `header`.')),
            pointer: v.optional(v.pipe(v.string(), v.description('A JSON pointer into the body.'))),
            name: v.optional(v.pipe(v.string(), v.description('The name of a parameter.'))),
            code: v.string(),
            message: v.string(),
          }),
        ),
      ),
    ),
  }),
)

const ofAll: readonly ProblemCode[] = [
  'malformed-request',
  'uri-too-long',
  'headers-too-large',
  'internal',
  'overloaded',
]
const ofSecured: readonly ProblemCode[] = [
  ...(['key-missing', 'key-invalid', 'permission-missing', 'invalid-input', 'rate-limited'] as const),
  'database-unavailable',
]
const ofBody: readonly ProblemCode[] = ['malformed-json', 'body-too-large', 'unsupported-media-type']
const ofIdempotent: readonly ProblemCode[] = ['idempotency-in-progress', 'idempotency-key-reused']

/** Every problem a route can answer with, by status. */
export function problemsOf(operation: Operation, needs: Needs | null): Map<number, ProblemCode[]> {
  const keeps = Object.values(operation.answers).some(({ headers }) => headers?.includes('Idempotency-Replayed'))
  const codes = new Set<ProblemCode>([
    ...ofAll,
    ...(needs === null ? [] : ofSecured),
    ...(needs === null || needs.media === null ? [] : (['not-acceptable'] as const)),
    ...(operation.body ? ofBody : []),
    ...(keeps ? ofIdempotent : []),
    ...(operation.headers?.includes('If-Match') ? (['version-mismatch'] as const) : []),
    ...(operation.problems ?? []),
  ])
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of [...codes].toSorted()) {
    const [status] = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}
