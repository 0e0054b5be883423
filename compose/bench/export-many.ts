import { newId, parseId } from '@assayer/schema'
import { connect } from '@assayer/schema/store'
import { call } from '../client/http.ts'
import type { Service } from '../client/http.ts'

export type ExportRun = {
  seconds: number
  mebibytes: number
  lines: number
  residentBefore: number
  residentMost: number
  residentLate: number
}

/**
 * Copies the findings of an ended scan `count` times into it by SQL and reads its export once, as fast as it comes. Memory of
 * the API in MiB: before, the most, and how much more the second half of the export took than the first.
 */
export async function exportMany(
  service: Service,
  scanId: string,
  count: number,
  options: { databaseUrl: string; format: string; resident(): Promise<number>; signal: AbortSignal },
): Promise<ExportRun> {
  const { databaseUrl, format, resident, signal } = options
  await addFindings(databaseUrl, parseId('scan', scanId) ?? newId(), count, signal)
  const residentBefore = await resident()
  const since = performance.now()
  const { body } = await call(service, `/v1/scans/${scanId}/export?format=${format}`, { signal })
  let [bytes, lines, most, mostOfFirstHalf, looked] = [0, 0, 0, 0, 0]
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines++
    if (performance.now() - looked < 50) continue
    looked = performance.now()
    most = Math.max(most, await resident())
    if (lines < count / 2) mostOfFirstHalf = most
  }
  const seconds = (performance.now() - since) / 1000
  return {
    seconds,
    mebibytes: bytes / 2 ** 20,
    lines,
    residentBefore,
    residentMost: most,
    residentLate: most - mostOfFirstHalf,
  }
}

async function addFindings(databaseUrl: string, scanId: string, count: number, signal: AbortSignal): Promise<void> {
  const sql = connect(databaseUrl, { name: 'assayer-bench', max: 1 })
  const slice = 5000
  try {
    // The role's time-outs are for requests.
    await sql`set statement_timeout = 0`
    for (let from = 0; from < count; from += slice) {
      signal.throwIfAborted()
      await sql`
        insert into findings (workspace_id, scan_id, fingerprint, id, shard_id, attempt, confirmed, sequence, template_id, name,
          severity, type, matcher_name, target, host, port, ip, matched_at, extracted_results, detail, at)
        select f.workspace_id, f.scan_id, sha256(convert_to(n::text || f.id::text, 'UTF8')), gen_random_uuid(), f.shard_id,
          f.attempt, true, 1000000 + n, f.template_id, f.name, f.severity, f.type, f.matcher_name, f.target, f.host, f.port,
          f.ip, f.matched_at || '?' || n, f.extracted_results, f.detail, f.at
        from generate_series(${from}::integer, ${Math.min(count, from + slice) - 1}::integer) n
        join (
          select *, row_number() over (order by sequence) - 1 as place, count(*) over () as total from findings
          where scan_id = ${scanId} and sequence < 1000000
        ) f on f.place = n % f.total`
    }
    await sql`analyze findings`
  } finally {
    await sql.end({ timeout: 1 })
  }
}
