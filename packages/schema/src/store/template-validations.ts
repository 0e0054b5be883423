import type { Sql } from './connect.ts'

/** What a worker found out about a template. */
export type ValidTemplate = {
  ok: true
  digest: string
  templateId: string
  title: string
  severity: string
  protocol: string
  tags: string[]
  requests: number
}
export type ValidationOutcome =
  | ValidTemplate
  | { ok: false; code: 'template-invalid' | 'template-not-permitted'; message: string }

/** Names one try of a validation in every later write; `attempt` is the fencing token. */
export type ValidationKey = { workspaceId: string; id: string; attempt: number }

/** Whoever asked has given up after this long. */
const awaitedFor = (sql: Sql) => sql`interval '10 seconds'`

const mostWaiting = 50

/**
 * Asks the workers to validate a template. False when too many wait already: fifty may, and of one workspace half of what the others
 * leave, so that another one gets in. Safe to send again.
 */
export async function askValidation(sql: Sql, workspaceId: string, id: string, source: string): Promise<boolean> {
  const [row] = await sql<{ asked: boolean }[]>`
    with asked as (
      insert into template_validations (workspace_id, id, source)
      select ${workspaceId}, ${id}::uuid, ${source}
      where (select count(*) filter (where workspace_id = ${workspaceId})
          < ceil((${mostWaiting} - count(*) filter (where workspace_id <> ${workspaceId})) / 2.0)
        from template_validations where state <> 'ended' and created_at > now() - ${awaitedFor(sql)})
      on conflict do nothing returning 1
    )
    select exists (select from asked)
      or exists (select from template_validations where workspace_id = ${workspaceId} and id = ${id}) as asked`
  return row?.asked ?? false
}

/** What came of it; null while no worker has said. */
export async function validationOutcome(sql: Sql, workspaceId: string, id: string): Promise<ValidationOutcome | null> {
  const [row] = await sql<{ outcome: ValidationOutcome | null }[]>`
    select outcome from template_validations where workspace_id = ${workspaceId} and id = ${id}`
  return row?.outcome ?? null
}

/** Takes a validation away once nobody waits for it. Safe to send again. */
export async function dropValidation(sql: Sql, workspaceId: string, id: string): Promise<void> {
  await sql`delete from template_validations where workspace_id = ${workspaceId} and id = ${id}`
}

/** Claims the oldest validation that still waits, or whose worker let its lease end; the row lock skips what another claims. */
export async function claimValidation(
  sql: Sql,
  worker: { id: string; leaseMs: number },
): Promise<(ValidationKey & { source: string }) | null> {
  const [row] = await sql<(ValidationKey & { source: string })[]>`
    with picked as materialized (
      select workspace_id, id from template_validations
      where state <> 'ended' and created_at > now() - ${awaitedFor(sql)} and (state = 'queued' or lease_until < now())
      order by created_at limit 1 for update skip locked
    )
    update template_validations v set state = 'running', attempt = v.attempt + 1, worker_id = ${worker.id},
      lease_until = now() + ${worker.leaseMs} * interval '1 millisecond'
    from picked p where v.workspace_id = p.workspace_id and v.id = p.id
    returning v.workspace_id as "workspaceId", v.id, v.attempt, v.source`
  return row ?? null
}

/** Keeps the lease of a validation; false when it is no longer this attempt's, or nobody waits for it. */
export async function renewValidation(sql: Sql, key: ValidationKey, leaseMs: number): Promise<boolean> {
  const rows = await sql`
    update template_validations set lease_until = now() + ${leaseMs} * interval '1 millisecond'
    where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'running'
      and created_at > now() - ${awaitedFor(sql)}
    returning 1`
  return rows.length > 0
}

/** Writes what came of a validation; false when it is no longer this attempt's. */
export async function endValidation(sql: Sql, key: ValidationKey, outcome: ValidationOutcome): Promise<boolean> {
  const rows = await sql`
    update template_validations set state = 'ended', outcome = ${sql.json(outcome)}, lease_until = null
    where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'running'
    returning 1`
  return rows.length > 0
}

/** Gives a validation back that this worker cannot do; another may take it at once. */
export async function releaseValidation(sql: Sql, key: ValidationKey): Promise<void> {
  await sql`
    update template_validations set lease_until = now() - interval '1 millisecond'
    where workspace_id = ${key.workspaceId} and id = ${key.id} and attempt = ${key.attempt} and state = 'running'`
}

/**
 * Removes validations that nobody waits for any more, and texts that no template and no order has had for a day, a thousand at a
 * time; says how many went.
 */
export async function removeUnused(sql: Sql): Promise<number> {
  const rows = await sql`
    with forgotten as (
      delete from template_validations v where (v.workspace_id, v.id) in (
        select workspace_id, id from template_validations where created_at < now() - interval '1 minute' limit 1000)
      returning 1
    ), gone as (
      delete from custom_template_sources s where (s.workspace_id, s.digest) in (
        select u.workspace_id, u.digest from custom_template_sources u
        where u.touched_at < now() - interval '1 day'
          and not exists (select from custom_templates t where t.workspace_id = u.workspace_id and t.digest = u.digest)
          and not exists (select from template_sets x where x.origin = 'custom' and x.workspace_id = u.workspace_id
            and x.source_digests @> array[u.digest])
        limit 1000)
      returning 1
    )
    select from forgotten union all select from gone`
  return rows.length
}
