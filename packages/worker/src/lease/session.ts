import { randomBytes } from 'node:crypto'
import { connect, isDatabaseAway } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import type { Log } from '@assayer/schema'

export type Session = {
  /** The key whose lock tells others that this process lives; null while no session answers. */
  key(): string | null
  /** Sends a read on the session's connection; its answer is also the sign of life. */
  read<T>(query: (sql: Sql) => Promise<T>): Promise<T | null>
  /** Milliseconds of the monotonic clock since the last answered read was sent. */
  silentMs(): number
  /** True when the server itself refuses connections, so that no other worker can take over meanwhile. */
  serverRefuses(): boolean
  close(): Promise<void>
}

const answerMs = 1500
/** A timer that is later than this was held up by its own process. */
const stoodStillMs = 250

/** A random 63-bit key, positive so that pg_locks shows it as two halves of one bigint. */
const drawKey = (): string => (randomBytes(8).readBigUInt64BE() >> 1n).toString()

/**
 * The lease connection: one connection without lifetime or idle limit that holds an advisory lock on a key drawn for this
 * session alone. The server frees the lock within milliseconds when the process dies. After an error or 1.5 s of silence the
 * session is given up and a new one opened with a new key, so that a half-open one cannot stand in the way.
 */
export function openSession(options: {
  url: string
  pooled: boolean
  log: Log
  onKey(key: string | null): void
}): Session {
  let current: { sql: Sql; key: string | null } | null = null
  let lastGood = performance.now()
  let refused = false
  let closed = false

  const giveUp = (why: unknown) => {
    if (!current) return
    options.log.warn({ reason: why instanceof Error ? why.message : String(why) }, 'lease session lost')
    void current.sql.end({ timeout: 0 }).catch(() => {})
    current = null
    options.onKey(null)
  }

  const open = async (): Promise<{ sql: Sql; key: string | null }> => {
    const sql = connect(options.url, {
      name: 'assayer-lease',
      max: 1,
      forever: true,
      onclose: () => sql === current?.sql && giveUp('closed'),
    })
    const opened = { sql, key: options.pooled ? null : drawKey() }
    try {
      if (opened.key !== null) {
        const [row] = await within(sql<{ got: boolean }[]>`select pg_try_advisory_lock(${opened.key}::bigint) as got`)
        if (!row?.got) throw new Error('the session key was taken')
      }
      return opened
    } catch (error) {
      void sql.end({ timeout: 0 }).catch(() => {})
      throw error
    }
  }

  return {
    key: () => current?.key ?? null,
    async read(query) {
      const sent = performance.now()
      try {
        if (closed) return null
        if (!current) {
          current = await open()
          options.onKey(current.key)
        }
        const answer = await within(query(current.sql))
        lastGood = sent
        refused = false
        return answer
      } catch (error) {
        refused = isDatabaseAway(error) && /ECONNREFUSED|57P03/.test(String((error as { code?: unknown }).code))
        giveUp(error)
        return null
      }
    },
    silentMs: () => performance.now() - lastGood,
    serverRefuses: () => refused,
    async close() {
      closed = true
      const old = current
      current = null
      await old?.sql.end({ timeout: 1 }).catch(() => {})
    },
  }
}

/**
 * Rejects when no answer came in time. Where this process itself stood still meanwhile, the answer may lie unread: it gets that time anew,
 * as timers are called before sockets are read.
 */
async function within<T>(query: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    const due = performance.now() + answerMs
    timer = setTimeout(() => {
      if (performance.now() > due + stoodStillMs) wait()
      else reject(new Error(`no answer within ${answerMs} ms`))
    }, answerMs)
  }
  wait()
  query.catch(() => {})
  try {
    return await Promise.race([query, late])
  } finally {
    clearTimeout(timer)
  }
}
