import postgres from 'postgres'
import { arrayTypes } from '../src/store/array-types.ts'
import { testOrder } from './testing.ts'
import type { TestDatabase } from './testing.ts'

/** A plan as auto_explain writes it. */
export type PlanNode = { 'Node Type': string; 'Relation Name'?: string; 'Index Cond'?: string; Plans?: PlanNode[] }
export type Planned = { text: string; plan: PlanNode }

/** Ids that sort as the rows were made, as real ones do. */
export const idOf = (kind: number, n: number) =>
  `${kind.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const id = (kind: number, n: string) => `('${idOf(kind, 0).slice(0, 24)}' || lpad(to_hex(${n}), 12, '0'))::uuid`

/**
 * Fills a database with 10,000 scans, the last ten open, and a million findings, a tenth of them in the first scan. Indexes of the
 * findings are made after their rows, which is faster.
 */
export async function fillDatabase({ sql, url, workspaceId }: TestDatabase): Promise<void> {
  const indexes = await sql<{ name: string; text: string }[]>`
    select indexname as name, indexdef as text from pg_indexes where tablename = 'findings'
      and not exists (select from pg_constraint where conname = indexname)`
  const own = postgres(url, { max: 1, onnotice: () => {}, connection: { session_replication_role: 'replica' } })
  await own`select set_config(name, '0', false) from pg_settings where name in ('statement_timeout', 'transaction_timeout')`
  const order = testOrder(workspaceId)
  const ended = `n <= 9990`
  const when = `now() - (10000 - n) * interval '30 minutes'`
  const each = (table: string, columns: string, values: string, from = 'generate_series(1, 10000) n') =>
    own.unsafe(`insert into ${table} (workspace_id, ${columns}) select '${workspaceId}', ${values} from ${from}`)
  for (const { name } of indexes) await own`drop index ${own(name)}`
  await each(
    'scans',
    'id, state, priority, labels, created_at, started_at, finished_at',
    `${id(1, 'n')}, case when ${ended} then (array['completed', 'partial', 'failed'])[1 + n % 3] else 'running' end, 5,
     jsonb_build_object('team', 'team-' || n % 50), ${when}, ${when}, case when ${ended} then ${when} end`,
  )
  await each(
    'scan_orders',
    'scan_id, profile, templates, limits, evidence, shard_size, target_count, templates_selected, bundle_digest, nuclei_version, created_by',
    `${id(1, 'n')}, 'default', '${JSON.stringify(order.templates)}', '${JSON.stringify(order.limits)}', 'redacted', 25, 4, 1, 'sha256:test', '3.11.1', '${JSON.stringify(order.createdBy)}'`,
  )
  await each('finding_sequences', 'scan_id, n', `${id(1, 'n')}, 100000`)
  await each(
    'template_sets',
    'scan_id, ordinal, origin, template_ids, requests',
    `${id(1, 'n')}, 0, 'starter', '{first}', 1`,
  )
  const parts = 'generate_series(1, 10000) n, generate_series(0, 1) s'
  const shard = id(2, 'n * 2 + s')
  await each(
    'shards',
    'scan_id, id, ordinal, priority, state, attempt, worker_id, lease_until, claimed_at, ended_at',
    `${id(1, 'n')}, ${shard}, s, 5, case when ${ended} then 'completed' else 'running' end, 1, gen_random_uuid(),
     case when ${ended} then null else now() + interval '1 hour' end, ${when}, case when ${ended} then ${when} end`,
    parts,
  )
  await each(
    'shard_orders',
    'scan_id, shard_id, hosts, template_set',
    `${id(1, 'n')}, ${shard}, array['h' || n % 500 || '.example.com'], 0`,
    parts,
  )
  await each('attempts', 'scan_id, shard_id, number, worker_id', `${id(1, 'n')}, ${shard}, 1, gen_random_uuid()`, parts)
  const targets = 'generate_series(1, 10000) n, generate_series(0, 3) t'
  await each(
    'scan_targets',
    'scan_id, ordinal, ordered, canonical, host, port',
    `${id(1, 'n')}, t, 'x', 'https://h' || n % 500 || '.example.com', 'h' || n % 500 || '.example.com', 443`,
    targets,
  )
  await each(
    'shard_targets',
    'scan_id, shard_id, ordinal, coverage',
    `${id(1, 'n')}, ${id(2, 'n * 2 + t % 2')}, t, 'covered'`,
    targets,
  )
  await each(
    'audit_events',
    'id, actor, action, subject, created_at',
    `${id(4, 'n')}, '${JSON.stringify(order.createdBy)}', 'scan.ordered', ${id(1, 'n')}::text, ${when}`,
  )
  await each(
    'outbox',
    'id, scan_id, kind, payload, created_at, told_at',
    `${id(5, 'n')}, ${id(1, 'n')}, 'scan.started', '{}', ${when}, ${when}`,
  )
  await each('idempotency_keys', 'key, fingerprint, status', `n::text, sha256(n::text::bytea), 202`)
  const scan = 'case when n <= 100000 then 1 else 2 + n % 9999 end'
  await each(
    'findings',
    'scan_id, fingerprint, id, shard_id, attempt, confirmed, sequence, template_id, name, severity, type, target, host, port, matched_at, detail, created_at',
    `${id(1, `(${scan})`)}, decode(lpad(to_hex(n), 64, '0'), 'hex'), ${id(3, 'n')}, ${id(2, `2 * (${scan})`)}, 1, true, n, 'template-' || n % 200,
     'Name', (array['critical', 'high', 'medium', 'low', 'info', 'info', 'info', 'info'])[1 + n % 8], 'http', 'https://h.example.com',
     'h' || n % 500 || '.example.com', 443, 'https://h.example.com/' || n, '{}', now() - (1000000 - n) * interval '1 second'`,
    'generate_series(1, 1000000) n',
  )
  await each('finding_evidence', 'finding_id, request', `${id(3, 'n')}, 'GET /'`, 'generate_series(1, 50000) n')
  for (const { text } of indexes) await own.unsafe(text)
  await own`vacuum analyze`
  await own.end()
}

/** A pool whose every statement, and those inside functions, is planned aloud: the plans go to `told`. */
export function explainingPool(url: string, told: Planned[]): postgres.Sql {
  return postgres(url, {
    max: 4,
    fetch_types: false,
    types: arrayTypes,
    connection: {
      session_preload_libraries: 'auto_explain',
      client_min_messages: 'log',
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_nested_statements': 'on',
      'auto_explain.log_format': 'json',
    },
    onnotice({ message = '' }) {
      const from = message.indexOf('plan:\n')
      if (from === -1) return
      const { 'Query Text': text, Plan: plan } = JSON.parse(message.slice(from + 6)) as {
        'Query Text': string
        Plan: PlanNode
      }
      told.push({ text, plan })
    },
  }) as postgres.Sql
}

/** What the indexes of a plan are asked. */
export const indexConditions = (node: PlanNode): string[] => [
  ...(node['Index Cond'] === undefined ? [] : [node['Index Cond']]),
  ...(node.Plans ?? []).flatMap(indexConditions),
]

/** The tables that a plan reads row by row from end to end. */
export const readWhole = (node: PlanNode): string[] => [
  ...(node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : []),
  ...(node.Plans ?? []).flatMap(readWhole),
]
