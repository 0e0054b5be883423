import type { Sql } from './connect.ts'

/**
 * True where a time at which something is due, or its lease ends, lies so far ahead that only a clock set back explains it: waits and
 * leases are five minutes at most. Without it what waits would wait until the clock is there again.
 */
export const clockWentBack = (sql: Sql, time: ReturnType<Sql>) => sql`${time} > now() + interval '10 minutes'`
