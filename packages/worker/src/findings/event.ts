import * as v from 'valibot'

const text = v.nullish(v.string())
const texts = v.nullish(
  v.union([
    v.array(v.string()),
    v.pipe(
      v.string(),
      v.transform((one) => [one]),
    ),
  ]),
)

const record = v.nullish(v.record(v.string(), v.unknown()))

/** One line of Nuclei's stdout. Unknown keys are let through, odd ones refused. Source: Nuclei 3.11.1, -jsonl. */
export const NucleiEvent = v.object({
  'template-id': v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  info: v.object({
    name: v.string(),
    author: texts,
    severity: v.nullish(v.string()),
    tags: texts,
    description: text,
    impact: text,
    remediation: text,
    reference: texts,
    classification: record,
    metadata: record,
  }),
  template: text,
  'template-url': text,
  type: v.string(),
  host: text,
  port: v.nullish(v.union([v.string(), v.number()])),
  ip: text,
  scheme: text,
  url: text,
  path: text,
  'matched-at': text,
  'matcher-name': text,
  'extractor-name': text,
  'extracted-results': texts,
  meta: record,
  request: text,
  response: text,
  'curl-command': text,
  timestamp: text,
})
export type NucleiEvent = v.InferOutput<typeof NucleiEvent>

/** Far more than Nuclei nests; PostgreSQL and a recursion of ours end somewhere beyond. */
const maxDepth = 32
const word = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

/** PostgreSQL refuses NUL in text and jsonb; a lone surrogate is no text either. */
function cleaned(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) throw new RangeError('nested too deep')
  if (typeof value === 'string') return word(value)
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [word(key), cleaned(inner, depth + 1)]))
}

/** Reads one line, or null when it is no finding (counted by the caller). Hostile input: nothing in it is trusted. */
export function readEvent(line: string): NucleiEvent | null {
  let read: unknown
  try {
    read = cleaned(JSON.parse(line))
  } catch {
    return null
  }
  const event = v.safeParse(NucleiEvent, read)
  return event.success ? event.output : null
}
