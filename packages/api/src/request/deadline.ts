import { problem } from '@assayer/schema'

/**
 * The value of `work`, or `database-unavailable` after `ms`: the driver itself has no deadline, and a query on a
 * half-open connection would never end.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(problem('database-unavailable', { headers: { 'Retry-After': '2' } })), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
