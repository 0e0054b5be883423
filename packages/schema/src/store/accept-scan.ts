import type { Limits } from '../limits.ts'
import type { CreatedBy, TemplateSelection } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswers } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'
import type { Bundle, TemplateOrigin } from './templates.ts'
import { keepDeliveries } from './trigger-deliveries.ts'
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
 * Accepts orders in one statement, all or none of them: idempotency key, delivery, scan, order, targets, template sets, shards and audit
 * event of each. Says when each was made. One that is not in the answer has its key or its delivery (of those that bring the same the
 * first counts) or, when sent again after a lost reply, its scan there already: read it in a second statement, as this one's snapshot may
 * be older than the row it met. A key older than 24 hours is as good as new.
 */
export async function acceptScans(
  sql: Sql,
  workspaceId: string,
  scans: readonly AcceptedScan[],
): Promise<Map<string, Date>> {
  const rows = await sql<{ id: string; createdAt: Date }[]>`
    with given as materialized (
      select * from jsonb_to_recordset(${sql.json(scans.map(givenOf))}) as g ("scanId" uuid, profile text, templates jsonb,
        limits jsonb, evidence text, priority smallint, "shardSize" smallint, labels jsonb, "createdBy" jsonb, bundle jsonb,
        "templatesSelected" integer, targets jsonb, "templateSets" jsonb, shards jsonb, "rerunOf" uuid, "requestId" text,
        client text, traceparent text, "auditId" uuid, idempotency jsonb, delivery jsonb)
    ), key as (
      ${keepAnswers(sql, workspaceId, 202)}
    ), delivery as (
      ${keepDeliveries(sql, workspaceId)}
    ), scan as (
      insert into scans (workspace_id, id, labels, priority)
      select ${workspaceId}::uuid, "scanId", labels, priority from given
      where (idempotency is null or idempotency->>'location' in (select location from key))
        and (delivery is null or "scanId" in (select scan_id from delivery))
      on conflict do nothing returning workspace_id, id, created_at
    ), made as materialized (
      select scan.workspace_id, given.* from scan join given on given."scanId" = scan.id
    ), ordered as (
      insert into scan_orders (workspace_id, scan_id, profile, templates, limits, evidence, shard_size, target_count,
        templates_selected, bundle_digest, nuclei_version, created_by, rerun_of, request_id, traceparent)
      select workspace_id, "scanId", profile, templates, limits, evidence, "shardSize", jsonb_array_length(targets),
        "templatesSelected", bundle->>'digest', bundle->>'nucleiVersion', "createdBy", "rerunOf", "requestId", traceparent
      from made
    ), targeted as (
      insert into scan_targets (workspace_id, scan_id, ordinal, ordered, canonical, host, port)
      select made.workspace_id, made."scanId", t.number - 1, t.ordered, t.canonical, t.host, t.port
      from made, rows from (
        jsonb_to_recordset(made.targets) as (ordered text, canonical text, host text, port integer)
      ) with ordinality as t (ordered, canonical, host, port, number)
    ), sets as (
      insert into template_sets (workspace_id, scan_id, ordinal, origin, template_ids, requests, source_digests)
      select made.workspace_id, made."scanId", s.number - 1, s.origin, s.ids, s.requests, s.digests
      from made, rows from (
        jsonb_to_recordset(made."templateSets") as (origin text, ids text[], requests integer, digests text[])
      ) with ordinality as s (origin, ids, requests, digests, number)
    ), planned as materialized (
      select made.workspace_id, made."scanId" as scan_id, made.priority, s.*
      from made, rows from (
        jsonb_to_recordset(made.shards) as (id uuid, hosts text[], "templateSet" smallint, targets integer[])
      ) with ordinality as s (id, hosts, template_set, targets, number)
    ), sharded as (
      insert into shards (workspace_id, scan_id, id, ordinal, priority)
      select workspace_id, scan_id, id, number - 1, priority from planned
    ), shard_ordered as (
      insert into shard_orders (workspace_id, scan_id, shard_id, hosts, template_set)
      select workspace_id, scan_id, id, hosts, template_set from planned
    ), shard_targeted as (
      insert into shard_targets (workspace_id, scan_id, shard_id, ordinal)
      select workspace_id, scan_id, id, unnest(targets) from planned
    ), numbered as (
      insert into finding_sequences (workspace_id, scan_id) select workspace_id, "scanId" from made
    ), audited as (
      insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
      select workspace_id, "auditId", "createdBy", 'scan.ordered', "scanId"::text, "requestId", client,
        jsonb_build_object('targets', jsonb_array_length(targets), 'templates', "templatesSelected")
      from made
    )
    select id, created_at as "createdAt" from scan`
  return new Map(rows.map(({ id, createdAt }) => [id, createdAt]))
}

/** The same of one order: when it was made; null where its key, its delivery or itself is there already. */
export async function acceptScan(sql: Sql, workspaceId: string, scan: AcceptedScan): Promise<Date | null> {
  const made = await acceptScans(sql, workspaceId, [scan])
  return made.get(scan.scanId) ?? null
}

/** An order as the statement reads it. */
const givenOf = ({ idempotency, ...order }: AcceptedScan) =>
  ({ ...order, idempotency: idempotency && { ...idempotency, fingerprint: idempotency.fingerprint.toHex() } }) as never
