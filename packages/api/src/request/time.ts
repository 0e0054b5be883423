import * as v from 'valibot'
import { invalidInput } from './validate.ts'

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/
const afterAll = Date.UTC(10_000, 0)

/** A time of RFC 3339 from 1970 on, before the year 10000 in UTC; null for any other text. */
export function readTime(text: string): Date | null {
  const at = rfc3339.test(text) ? new Date(text) : null
  return at !== null && at.getTime() >= 0 && at.getTime() < afterAll ? at : null
}

/** The `expiresAt` of a body; null when it is left out. */
export const ExpiresAt = v.optional(
  v.nullable(
    v.pipe(
      v.string(),
      v.check((text) => readTime(text) !== null, 'must be an RFC 3339 time'),
      v.metadata({ format: 'date-time' }),
    ),
  ),
  null,
)

/** The end that `expiresAt` names; refused unless it lies in the future. */
export function endOf(text: string | null, now: Date): Date | null {
  const end = text === null ? null : readTime(text)
  if (end === null || end > now) return end
  throw invalidInput([{ in: 'body', pointer: '/expiresAt', code: 'past', message: 'must lie in the future' }])
}
