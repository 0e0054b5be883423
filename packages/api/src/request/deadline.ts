import { problem } from '@assayer/schema'
import type { Problem } from '@assayer/schema'

/**
 * The value of `work`, or after `ms` what `late` says, `database-unavailable` by itself: the driver itself has no deadline, and a query on a
 * half-open connection would never end.
 */
export async function within<T>(ms: number, work: Promise<T>, late = databaseLate): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms)
  })
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}

const databaseLate = (): Problem => problem('database-unavailable', { headers: { 'Retry-After': '2' } })
