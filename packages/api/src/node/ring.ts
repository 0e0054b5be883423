import type { Log } from '@assayer/schema'
import type { Sql } from '@assayer/schema/store'

const shortestPauseMs = 50

/**
 * Wakes the workers by doorbell and NOTIFY, together at most 20 times a second, never two NOTIFYs at once. Fire and forget:
 * workers also poll.
 */
export function createRing(deps: { bell: { ring(): void }; sql: Sql; log: Log }): () => void {
  let pause: NodeJS.Timeout | null = null
  let asked = false
  const notify = async () => {
    try {
      await deps.sql`select pg_notify('assayer_work', '')`
    } catch (err) {
      deps.log.debug({ err }, 'NOTIFY failed')
    }
  }
  const ring = () => {
    if (pause) {
      asked = true
      return
    }
    asked = false
    deps.bell.ring()
    const sent = notify()
    pause = setTimeout(() => {
      void sent.then(() => {
        pause = null
        if (asked) ring()
      })
    }, shortestPauseMs)
    pause.unref()
  }
  return ring
}
