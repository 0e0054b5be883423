import postgres from 'postgres'
import { arrayTypes } from './array-types.ts'

export type Sql = postgres.Sql

export type PoolOptions = {
  /** Shown in pg_stat_activity. */
  name: string
  max: number
  /** False behind a transaction pooler. */
  prepare?: boolean
  /** The lease connection lives as long as its process; all others ten minutes at most. */
  forever?: boolean
  onclose?: () => void
  /** Makes connected sockets that give up on silence; without it TCP alone tells. */
  socket?: (where: never) => unknown
}

/**
 * A bounded pool. Nothing is sent until the first query. `backoff` replaces the driver's, whose shared back-off made the
 * first success after an outage of 4 s take 8 to 12 s; `max_pipeline: 1` keeps a quick query from waiting behind a slow
 * one. The driver's own question after the types of arrays is not asked: where the connection broke under it, nobody caught its
 * error, and the process ended. `sql.begin` is not to be used on it (docs/decisions/one-statement.md).
 */
export function connect(url: string, options: PoolOptions): Sql {
  const settings = {
    max: options.max,
    max_pipeline: 1,
    prepare: options.prepare ?? true,
    fetch_types: false,
    types: arrayTypes,
    connect_timeout: 5,
    keep_alive: 15,
    idle_timeout: options.forever ? 0 : 60,
    max_lifetime: options.forever ? null : 600,
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 1),
    onnotice: () => {},
    ...(options.socket ? { socket: options.socket } : {}),
    ...(options.onclose ? { onclose: options.onclose } : {}),
    connection: { application_name: options.name },
  }
  return postgres(url, settings)
}

const byServer = /^(08...|40001|40P01|53[123]00|57P0[1-5]|25006|25P0[34])$/
const byNetwork =
  /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** True when the database was away, had no space, memory or connection left, or asked for another try, so that an idempotent statement may be sent again. */
export const isDatabaseAway = (error: unknown): boolean => byServer.test(codeOf(error)) || byNetwork.test(codeOf(error))

/** True when a lock or a statement ran into its time-out. */
export const isDatabaseBusy = (error: unknown): boolean => /^(55P03|57014)$/.test(codeOf(error))

/** True when a statement alone took longer than it may. */
export const ranTooLong = (error: unknown): boolean => codeOf(error) === '57014'

/** Sends an idempotent statement again, once, on another connection, when its reply was lost. */
export async function twice<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    return await send()
  }
}
