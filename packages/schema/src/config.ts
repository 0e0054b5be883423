import * as v from 'valibot'
import { readSecretsKey } from './seal.ts'
import { parseScopePattern } from './scope-pattern.ts'
import type { ScopePattern } from './scope-pattern.ts'

/** A variable holding a whole number in a range. */
export const number = (fallback: number, min: number, max: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,9}$/, 'must be a whole number'),
      v.transform(Number),
      v.minValue(min, `must be at least ${min}`),
      v.maxValue(max, `must be at most ${max}`),
    ),
    String(fallback),
  )

/** A PostgreSQL connection URL. */
export const databaseUrl = v.pipe(
  v.string('is missing: set it to a URL like postgres://user:password@host:5432/assayer'),
  v.check(
    (text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''),
    'must be a URL like postgres://user:password@host:5432/assayer',
  ),
)

/** Whether the connection URL is a transaction pooler's, where no statement may be prepared by name. */
export const databasePooled = v.optional(v.picklist(['0', '1'], 'must be 0 or 1'), '0')

/** A Redis URL; empty means: run without. */
export const redisUrl = v.optional(
  v.pipe(
    v.string(),
    v.check(
      (text) => text === '' || /^rediss?:$/.test(URL.parse(text)?.protocol ?? ''),
      'must be empty or a URL like redis://host:6379',
    ),
  ),
  '',
)

/** Comma separated scope patterns. */
export const scopePatterns = v.pipe(
  v.optional(v.string(), ''),
  v.rawTransform<string, ScopePattern[]>(({ dataset, addIssue, NEVER }) => {
    const patterns: ScopePattern[] = []
    for (const text of dataset.value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)) {
      const parsed = parseScopePattern(text)
      if (!parsed.ok) {
        addIssue({ message: `has a pattern that cannot be used: ${parsed.message}` })
        return NEVER
      }
      patterns.push(parsed.pattern)
    }
    return patterns
  }),
)

const resolver = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}$/

/** Name servers to ask, comma separated; empty: the system's. */
export const resolvers = v.optional(
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
    v.check((list) => list.every((one) => resolver.test(one)), 'must be ip:port, comma separated'),
  ),
  '',
)

/** Where outside programs find the API, without a slash at its end; empty where nobody said. */
export const publicUrl = v.optional(
  v.pipe(
    v.string(),
    v.check(
      (text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
      'must be a URL like https://assayer.example.com',
    ),
    v.transform((text) => text.replace(/\/+$/, '')),
  ),
  '',
)

/** The key that secrets are sealed by. */
export const secretsKey = v.optional(
  v.pipe(
    v.string(),
    v.rawTransform<string, Uint8Array<ArrayBuffer>>(({ dataset, addIssue, NEVER }) => {
      const key = readSecretsKey(dataset.value)
      if (key !== null) return key
      addIssue({ message: 'must be 32 random bytes in hex or base64, as from `openssl rand -hex 32`' })
      return NEVER
    }),
  ),
)

export const logLevel = v.optional(
  v.picklist(
    ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    'must be trace, debug, info, warn, error or silent',
  ),
  'info',
)

export type ConfigRead<T> = { ok: true; config: T } | { ok: false; message: string }

/**
 * Reads a process's variables by its schema. A variable may come as `NAME_FILE` (one trailing newline trimmed); both set
 * is a mistake. All mistakes come back together in one message for a person; the values never do.
 */
export function readConfig<Schema extends v.GenericSchema<Record<string, unknown>, unknown>>(
  schema: Schema & { entries?: Record<string, unknown> },
  env: Record<string, string | undefined>,
  names: readonly string[],
  readFile: (path: string) => string,
): ConfigRead<v.InferOutput<Schema>> {
  const values: Record<string, string> = {}
  const mistakes: string[] = []
  for (const name of names) {
    const direct = env[name]
    const file = env[`${name}_FILE`]
    if (direct !== undefined && file !== undefined) mistakes.push(`${name}: set it or ${name}_FILE, not both`)
    else if (file !== undefined) {
      try {
        values[name] = readFile(file).replace(/\r?\n$/, '')
      } catch {
        mistakes.push(`${name}_FILE: the file cannot be read`)
      }
    } else if (direct !== undefined) values[name] = direct
  }
  const parsed = v.safeParse(schema, values)
  if (parsed.success && mistakes.length === 0) return { ok: true, config: parsed.output }
  for (const issue of parsed.issues ?? []) {
    const name = v.getDotPath(issue) ?? 'configuration'
    if (!mistakes.some((line) => line.startsWith(`${name}:`) || line.startsWith(`${name}_FILE:`))) {
      mistakes.push(`${name}: ${issue.message.startsWith('Invalid key') ? 'is missing' : issue.message}`)
    }
  }
  return {
    ok: false,
    message: `These variables must be mended first:\n${mistakes.map((line) => `  ${line}`).join('\n')}`,
  }
}
