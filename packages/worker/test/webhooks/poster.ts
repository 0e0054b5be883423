import { parseScopePattern, receiverScope } from '@assayer/schema'
import { onTestFinished } from 'vitest'
import { createPost } from '../../src/webhooks/post.ts'

export const headers = { 'Content-Type': 'application/json' }
export const never: AbortSignal = new AbortController().signal

/** A sender that may reach what `allow` says and knows these names; `asked` is which of them it looked up. */
export function poster(
  allow: string[],
  names: Record<string, string[]> = {},
  more: { deadlineMs?: number; ca?: string } = {},
) {
  const patterns = allow.map((text) => {
    const parsed = parseScopePattern(text)
    if (!parsed.ok) throw new Error(parsed.message)
    return parsed.pattern
  })
  const asked: string[] = []
  const { post, close } = createPost({
    scope: receiverScope(patterns, []),
    resolve: async (name) => {
      asked.push(name)
      const addresses = names[name] ?? []
      // Each answer but the last is given once.
      return addresses.length > 1 ? [addresses.shift() ?? ''] : addresses
    },
    deadlineMs: 15_000,
    ...more,
  })
  onTestFinished(close)
  return { asked, send: (url: string, body = '{}') => post(url, headers, body, never) }
}
