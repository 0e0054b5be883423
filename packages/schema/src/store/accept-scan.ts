import type { Limits } from '../limits.ts'
import type { CreatedBy, TemplateSelection } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'
import type { Bundle, TemplateOrigin } from './templates.ts'
import { keepDelivery } from './trigger-deliveries.ts'
import type { OrderingDelivery } from './trigger-deliveries.ts'

export type ShardPlan = { id: string; hosts: string[]; templateSet: number; targets: number[] }
export type AcceptedScan = {
  workspaceId: string
  scanId: string
  profile: string
  templates: TemplateSelection
  limits: Limits
  evidence: 'none' | 'redacted' | 'full'
  priority: number
  shardSize: number
  labels: Record<string, string>
  createdBy: CreatedBy
  bundle: Bundle
  templatesSelected: number
  targets: { ordered: string; canonical: string; host: string; port: number | null }[]
  /** `digests` are those of custom templates' texts, in the order of their ids. */
  templateSets: { origin: TemplateOrigin; ids: string[]; requests: number; digests?: string[] }[]
  shards: ShardPlan[]
  rerunOf: string | null
  requestId: string | null
  client?: string | null
  traceparent: string | null
  auditId: string
  idempotency: AnswerToKeep | null
  /** The delivery that ordered it, which orders no second one. */
  delivery: OrderingDelivery | null
}

/**
 * Accepts an order in one statement: idempotency key, delivery, scan, order, targets, template sets, shards and audit event, all or
 * nothing. Null means that the key or the delivery (or, when sent again after a lost reply, the scan) is there already: read it in a second
 * statement, as this one's snapshot may be older than the row it met. A key older than 24 hours is as good as new.
 */
export async function acceptScan(
  sql: Sql,
  workspaceId: string,
  scan: AcceptedScan,
): Promise<{ createdAt: Date } | null> {
  const key = scan.idempotency
  const shards = scan.shards.map((shard, ordinal) => ({ ...shard, ordinal }))
  const [row] = await sql<{ createdAt: Date }[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 202, key)}
    ), delivery as (
      ${keepDelivery(sql, workspaceId, scan.delivery, scan.scanId)}
    ), scan as (
      insert into scans (workspace_id, id, labels, priority)
      select ${workspaceId}, ${scan.scanId}, ${sql.json(scan.labels)}, ${scan.priority}
      where (${key === null} or exists (select from key)) and (${scan.delivery === null} or exists (select from delivery))
      on conflict do nothing returning workspace_id, id, created_at
    ), ordered as (
      insert into scan_orders (workspace_id, scan_id, profile, templates, limits, evidence, shard_size, target_count,
        templates_selected, bundle_digest, nuclei_version, created_by, rerun_of, request_id, traceparent)
      select workspace_id, id, ${scan.profile}, ${sql.json(scan.templates)}, ${sql.json(scan.limits)}, ${scan.evidence},
        ${scan.shardSize}, ${scan.targets.length}, ${scan.templatesSelected}, ${scan.bundle.digest},
        ${scan.bundle.nucleiVersion}, ${sql.json(scan.createdBy)}, ${scan.rerunOf}::uuid, ${scan.requestId}, ${scan.traceparent}
      from scan
    ), targeted as (
      insert into scan_targets (workspace_id, scan_id, ordinal, ordered, canonical, host, port)
      select scan.workspace_id, scan.id, t.ordinality - 1, t.target->>'ordered', t.target->>'canonical', t.target->>'host',
        (t.target->>'port')::integer
      from scan, jsonb_array_elements(${sql.json(scan.targets)}) with ordinality as t (target, ordinality)
    ), sets as (
      insert into template_sets (workspace_id, scan_id, ordinal, origin, template_ids, requests, source_digests)
      select scan.workspace_id, scan.id, s.ordinality - 1, s.set->>'origin',
        array(select jsonb_array_elements_text(s.set->'ids')), (s.set->>'requests')::integer,
        case when s.set->>'origin' = 'custom' then array(select jsonb_array_elements_text(s.set->'digests')) end
      from scan, jsonb_array_elements(${sql.json(scan.templateSets)}) with ordinality as s (set, ordinality)
    ), planned as materialized (
      select scan.workspace_id, scan.id as scan_id, s.* from scan, jsonb_to_recordset(${sql.json(shards)})
        as s (id uuid, ordinal integer, hosts text[], "templateSet" smallint, targets integer[])
    ), sharded as (
      insert into shards (workspace_id, scan_id, id, ordinal, priority)
      select workspace_id, scan_id, id, ordinal, ${scan.priority} from planned
    ), shard_ordered as (
      insert into shard_orders (workspace_id, scan_id, shard_id, hosts, template_set)
      select workspace_id, scan_id, id, hosts, "templateSet" from planned
    ), shard_targeted as (
      insert into shard_targets (workspace_id, scan_id, shard_id, ordinal)
      select workspace_id, scan_id, id, unnest(targets) from planned
    ), numbered as (
      insert into finding_sequences (workspace_id, scan_id) select workspace_id, id from scan
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, ${scan.auditId}, ${sql.json(scan.createdBy)}, 'scan.ordered', id::text, ${scan.requestId}, ${scan.client ?? null},
        ${sql.json({ targets: scan.targets.length, templates: scan.templatesSelected })}
      from scan
    )
    select created_at as "createdAt" from scan`
  return row ?? null
}
