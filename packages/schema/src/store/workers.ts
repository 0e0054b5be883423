import type { Sql } from './connect.ts'

export type WorkerRow = {
  id: string
  version: string
  nucleiVersion: string
  bundleDigest: string | null
  slots: number
}

/** Puts a worker into the registry. Safe to send again. */
export async function registerWorker(sql: Sql, worker: WorkerRow): Promise<void> {
  await sql`
    insert into workers (id, version, nuclei_version, bundle_digest, slots)
    values (${worker.id}, ${worker.version}, ${worker.nucleiVersion}, ${worker.bundleDigest}, ${worker.slots})
    on conflict (id) do update set bundle_digest = excluded.bundle_digest, beat_at = now()`
}

/** Bytes that a worker's process uses, and what it may use, where it has a limit. */
export type WorkerMemory = { bytes: number; limitBytes: number | null }

/** Says that the worker lives, which session key it holds now, whether it claims no more (`draining`), and what it uses. */
export async function beat(
  sql: Sql,
  id: string,
  sessionKey: string | null,
  draining: boolean,
  memory: WorkerMemory,
): Promise<void> {
  await sql`
    update workers set beat_at = now(), session_key = ${sessionKey}, draining = ${draining},
      memory_bytes = ${memory.bytes}, memory_limit_bytes = ${memory.limitBytes}
    where id = ${id}`
}

/** Takes a worker out of the registry, and with it those silent for a day. */
export async function unregisterWorker(sql: Sql, id: string): Promise<void> {
  await sql`delete from workers where id = ${id} or beat_at < now() - interval '1 day'`
}
