import { readTime } from './time.ts'

/** How one parameter of a list is read: undefined for a text that is refused, with `message`. */
export type Filter<Value> = {
  /** How often it may be given, each time with another value. */
  most: number
  code: string
  message: string
  /** The same in JSON Schema, for the OpenAPI document. */
  schema: Record<string, unknown>
  read(text: string): Value | undefined
}

/** One of known values. */
export const oneOf = <const Value extends string>(values: readonly Value[], most = values.length): Filter<Value> => ({
  most,
  code: 'one-of',
  message: `must be one of ${values.join(', ')}`,
  schema: { type: 'string', enum: values },
  read: (text) => values.find((value) => value === text),
})

// The database refuses NUL.
const printable = /^[^\p{Cc}\p{Cs}]+$/u

/** A text of 1 to 500 characters. */
export const text = (most: number): Filter<string> => ({
  most,
  code: 'text',
  message: 'must be 1 to 500 printable characters',
  schema: { type: 'string', minLength: 1, maxLength: 500, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$' },
  read: (given) => (given.length <= 500 && printable.test(given) ? given : undefined),
})

/** A time of RFC 3339; a `+` that a client did not encode has become a space and is taken for what it was. */
export const time: Filter<Date> = {
  most: 1,
  code: 'time',
  message: 'must be an RFC 3339 time',
  schema: { type: 'string', format: 'date-time' },
  read: (given) => readTime(given.replace(/ (\d\d:\d\d)$/, '+$1')) ?? undefined,
}

/** `key:value`, the value free to have further colons. */
export const label: Filter<[string, string]> = {
  most: 20,
  code: 'label',
  message: 'must be key:value',
  schema: { type: 'string', pattern: '^[a-z][a-z0-9_.-]{0,62}:[^\\u0000-\\u001f\\u007f-\\u009f]{0,100}$' },
  read(given) {
    const [, key, value] = /^([a-z][a-z0-9_.-]{0,62}):([^\p{Cc}\p{Cs}]{0,100})$/u.exec(given) ?? []
    return key === undefined || value === undefined ? undefined : [key, value]
  },
}

/** Labels that are all to be there; null when two want the same key to have different values, which none has. */
export function labelsOf(pairs: readonly (readonly [string, string])[]): Record<string, string> | null {
  const labels = Object.fromEntries(pairs)
  return Object.keys(labels).length === pairs.length ? labels : null
}
