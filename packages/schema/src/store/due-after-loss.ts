import type { Sql } from './connect.ts'

/**
 * When the shard `s` is due again after a counted loss, of which it had `s.losses` before: at once after the first, then after
 * 5 s x 2^losses with a quarter of jitter, 5 min at most. Why the first does not wait: docs/decisions/first-loss-at-once.md.
 */
export const dueAfterLoss = (sql: Sql) => sql`
  (now() + case when s.losses = 0 then 0 else least(5 * 2 ^ s.losses * (0.75 + random() * 0.5), 300) end * interval '1 second')`
