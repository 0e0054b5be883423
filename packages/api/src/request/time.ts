import * as v from 'valibot'
import { invalidInput } from './validate.ts'

const rfc3339 =
  /^(\d{4}-\d\d-\d\d)[Tt]((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(\.\d{1,9})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const afterAll = Date.UTC(10_000, 0)

/**
 * A time of RFC 3339 from 1970 on, before the year 10000 in UTC; null for any other text, also for days and hours that no
 * calendar has. A leap second, at 23:59:60 UTC alone (section 5.7), is the second after it, as clocks of POSIX have it.
 */
export function readTime(text: string): Date | null {
  const [, day = '', minute = '', second = '', part = '', zone = ''] = rfc3339.exec(text) ?? []
  if (!isDay(day)) return null
  const leaps = second === '60'
  const at = new Date(`${day}T${minute}:${leaps ? '59' : second}${part}${zone.toUpperCase()}`)
  if (leaps && !/T23:59:59/.test(at.toISOString())) return null
  const ms = at.getTime() + (leaps ? 1000 : 0)
  return ms >= 0 && ms < afterAll ? new Date(ms) : null
}

/** `Date` reads 31 February as 3 March. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
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
