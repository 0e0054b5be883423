import type { CreatedBy } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import { keepAnswer } from './idempotency.ts'
import type { AnswerToKeep } from './idempotency.ts'

export type SecretRotation = {
  version: number
  secretSealed: Uint8Array
  overlapSeconds: number
  idempotency: AnswerToKeep | null
}
type Audit = { id: string; actor: CreatedBy; requestId: string | null; client?: string | null }
type Rotated = { createdAt: Date } | null

/**
 * Puts a new secret in the place of a trigger's old one, which counts beside it for so many seconds; since when it counts. Null
 * when the trigger has changed since that version or is gone.
 */
export const rotateTriggerSecret = (
  sql: Sql,
  workspaceId: string,
  id: string,
  rotation: SecretRotation,
  audit: Audit,
): Promise<Rotated> => rotate(sql, { workspaceId, kind: 'trigger', id }, rotation, audit)

/** The same of a webhook endpoint, whose old secret signs beside the new one. */
export const rotateWebhookSecret = (
  sql: Sql,
  workspaceId: string,
  id: string,
  rotation: SecretRotation,
  audit: Audit,
): Promise<Rotated> => rotate(sql, { workspaceId, kind: 'webhook-endpoint', id }, rotation, audit)

type Subject = { workspaceId: string; kind: 'trigger' | 'webhook-endpoint'; id: string }

async function rotate(
  sql: Sql,
  { workspaceId, kind, id }: Subject,
  rotation: SecretRotation,
  audit: Audit,
): Promise<Rotated> {
  const [row] = await sql<{ createdAt: Date }[]>`
    with key as (
      ${keepAnswer(sql, workspaceId, 201, rotation.idempotency)}
    ), changed as (
      update ${kind === 'trigger' ? sql`triggers` : sql`webhook_endpoints`} set previous_secret_sealed = secret_sealed,
        secret_sealed = ${rotation.secretSealed}, version = version + 1,
        previous_secret_until = now() + ${rotation.overlapSeconds} * interval '1 second'
      where workspace_id = ${workspaceId} and id = ${id} and version = ${rotation.version}
        ${kind === 'trigger' ? sql`` : sql`and kind = 'standard'`}
        and (${rotation.idempotency === null} or exists (select from key))
      returning workspace_id, id
    )
    insert into audit_events (workspace_id, id, actor, action, subject, request_id, client, detail)
    select workspace_id, ${audit.id}, ${sql.json(audit.actor)}, ${`${kind}.secret-rotated`}, id::text, ${audit.requestId},
      ${audit.client ?? null}, ${sql.json({ overlapSeconds: rotation.overlapSeconds })}
    from changed returning created_at as "createdAt"`
  return row ?? null
}
