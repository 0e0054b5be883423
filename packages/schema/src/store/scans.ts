import type { Limits } from '../limits.ts'
import type { CreatedBy, TemplateSelection } from '../scan-order.ts'
import type { Coverage, Reason, ScanState } from '../scan-state.ts'
import type { Severity } from '../severity.ts'
import type { Sql } from './connect.ts'

export type ScanRow = {
  id: string
  workspaceId: string
  state: ScanState
  reason: Reason | null
  labels: Record<string, string>
  priority: number
  version: number
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  pauseRequestedAt: Date | null
  cancelRequestedAt: Date | null
  profile: string
  templates: TemplateSelection
  limits: Limits
  evidence: string
  shardSize: number
  targetCount: number
  templatesSelected: number
  bundleDigest: string
  nucleiVersion: string
  createdBy: CreatedBy
  rerunOf: string | null
  shards: Record<'total' | 'queued' | 'running' | 'completed' | 'partial' | 'failed' | 'cancelled' | 'dead', number>
  percent: number
  requests: number
  errors: number
  templatesLoaded: number | null
  findings: Record<Severity | 'total' | 'unconfirmed', number>
  coverage: Record<Coverage | 'asked', number>
}

const counted = (sql: Sql) => sql`
  select s.workspace_id as "workspaceId", s.id, s.state, s.reason, s.labels, s.priority, s.version,
    s.created_at as "createdAt", s.started_at as "startedAt", s.finished_at as "finishedAt",
    s.pause_requested_at as "pauseRequestedAt", s.cancel_requested_at as "cancelRequestedAt",
    o.profile, o.templates, o.limits, o.evidence, o.shard_size as "shardSize", o.target_count as "targetCount",
    o.templates_selected as "templatesSelected", o.bundle_digest as "bundleDigest",
    o.nuclei_version as "nucleiVersion", o.created_by as "createdBy", o.rerun_of as "rerunOf",
    p.shards, p.percent, p.requests::float8 as requests, p.errors::float8 as errors,
    p.templates_loaded as "templatesLoaded", p.findings, c.coverage
  from scans s
  join scan_orders o on o.workspace_id = s.workspace_id and o.scan_id = s.id
  cross join lateral (
    select json_build_object(
        'total', count(*), 'queued', count(*) filter (where d.state in ('queued', 'held')),
        'running', count(*) filter (where d.state = 'running'), 'completed', count(*) filter (where d.state = 'completed'),
        'partial', count(*) filter (where d.state = 'partial'), 'failed', count(*) filter (where d.state = 'failed'),
        'cancelled', count(*) filter (where d.state = 'cancelled'), 'dead', count(*) filter (where d.state = 'dead')
      ) as shards,
      avg(case when d.ended_at is null then d.percent else 100 end)::float8 as percent,
      sum(d.requests) as requests, sum(d.errors) as errors,
      (select sum(loaded)::integer from (
        select min(m.templates_loaded) as loaded from shards m
        join shard_orders mo on mo.workspace_id = m.workspace_id and mo.scan_id = m.scan_id and mo.shard_id = m.id
        where m.workspace_id = s.workspace_id and m.scan_id = s.id group by mo.template_set
      ) sets) as templates_loaded,
      json_build_object(
        'total', sum(d.critical + d.high + d.medium + d.low + d.info + d.unknown), 'unconfirmed', sum(d.unconfirmed),
        'critical', sum(d.critical), 'high', sum(d.high), 'medium', sum(d.medium), 'low', sum(d.low),
        'info', sum(d.info), 'unknown', sum(d.unknown)
      ) as findings
    from shards d where d.workspace_id = s.workspace_id and d.scan_id = s.id
  ) p
  cross join lateral (
    select json_build_object(
        'asked', count(*), 'pending', count(*) filter (where worst = 1), 'skipped', count(*) filter (where worst = 2),
        'unreachable', count(*) filter (where worst = 3), 'partial', count(*) filter (where worst = 4),
        'covered', count(*) filter (where worst = 5)
      ) as coverage
    from (
      select min(array_position(array['pending', 'skipped', 'unreachable', 'partial', 'covered'], t.coverage)) as worst
      from shard_targets t where t.workspace_id = s.workspace_id and t.scan_id = s.id group by t.ordinal
    ) w
  ) c`

/** One scan with its shards, findings and coverage summed. */
export async function getScan(sql: Sql, workspaceId: string, id: string): Promise<ScanRow | null> {
  const [row] = await sql<
    ScanRow[]
  >`${counted(sql)} where s.workspace_id = ${workspaceId} and s.id = ${id} and s.deleted_at is null`
  return row ?? null
}

export type ScanFilter = {
  states: string[]
  before: string | null
  limit: number
  /** Each of these labels. */
  labels?: Record<string, string>
  /** A target of this host and, unless null, with this canonical form. */
  target?: { host: string; canonical: string | null } | null
  createdAfter?: Date | null
  createdBefore?: Date | null
}

/** Several scans, in no order; those that are not there or were deleted are left out. */
export async function getScans(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<ScanRow[]> {
  return await sql<ScanRow[]>`
    ${counted(sql)} where s.workspace_id = ${workspaceId} and s.id = any(${[...ids]}::uuid[]) and s.deleted_at is null`
}

/** What tells whether a scan is still as it was shown: one that has ended changes only together with its version. */
export type ScanHead = { id: string; version: number; ended: boolean }

const head = (sql: Sql) => sql`select s.id, s.version, s.finished_at is not null as ended from scans s`

/** The head of one scan, a cheap look; null when there is none or it was deleted. */
export async function scanHead(sql: Sql, workspaceId: string, id: string): Promise<ScanHead | null> {
  const [row] = await sql<
    ScanHead[]
  >`${head(sql)} where s.workspace_id = ${workspaceId} and s.id = ${id} and s.deleted_at is null`
  return row ?? null
}

/**
 * The heads of a page of scans, newest first, starting after `before` (an id) when given. Deleted ones are not among them.
 * `getScans` has the rest.
 */
export async function listScans(sql: Sql, workspaceId: string, filter: ScanFilter): Promise<ScanHead[]> {
  const { labels = {}, target = null, createdAfter = null, createdBefore = null } = filter
  return await sql<ScanHead[]>`${head(sql)}
    where s.workspace_id = ${workspaceId} and s.deleted_at is null
      and (${filter.before}::uuid is null or s.id < ${filter.before}::uuid)
      and (${filter.states.length === 0} or s.state = any(${filter.states}::text[]))
      ${Object.keys(labels).length === 0 ? sql`` : sql`and s.labels @> ${sql.json(labels)}`}
      ${createdAfter === null ? sql`` : sql`and s.created_at > ${createdAfter}`}
      ${createdBefore === null ? sql`` : sql`and s.created_at < ${createdBefore}`}
      ${
        target === null
          ? sql``
          : sql`and s.id = any(array(select distinct t.scan_id from scan_targets t where t.workspace_id = ${workspaceId}
              and t.host = ${target.host} and (${target.canonical}::text is null or t.canonical = ${target.canonical})))`
      }
    order by s.id desc limit ${filter.limit}`
}

/** A scan's state alone, for a cheap look; null when there is none or it was deleted. */
export async function scanState(sql: Sql, workspaceId: string, id: string): Promise<ScanState | null> {
  const [row] = await sql<{ state: ScanState }[]>`
    select state from scans where workspace_id = ${workspaceId} and id = ${id} and deleted_at is null`
  return row?.state ?? null
}
