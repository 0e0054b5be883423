import type { ResolveName } from '../deps.ts'

const atOnce = 32
const deadlineMs = 3000

/**
 * The addresses of names, [] for a name that has none. 32 at once, three seconds in all: a name that nobody answered for in
 * this time is left out, as the wall looks again when it connects.
 */
export async function lookUpNames(
  resolve: ResolveName,
  names: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>()
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), deadlineMs)
  const late = new Promise<void>((done) => deadline.signal.addEventListener('abort', () => done(), { once: true }))
  const left = names.values()
  const lookUp = async () => {
    for (const name of left) {
      if (deadline.signal.aborted) return
      const answer = await resolve(name, deadline.signal).catch(() => null)
      if (answer !== null && !deadline.signal.aborted) found.set(name, answer === 'unresolvable' ? [] : answer)
    }
  }
  try {
    await Promise.race([Promise.all(Array.from({ length: atOnce }, lookUp)), late])
  } finally {
    clearTimeout(timer)
  }
  return found
}
