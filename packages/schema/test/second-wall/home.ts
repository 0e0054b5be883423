import * as v from 'valibot'
import { newId } from '../../src/id.ts'
import { TriggerOrder } from '../../src/trigger.ts'
import {
  finishShard,
  insertCustomTemplate,
  insertKey,
  insertProfile,
  insertScopeRule,
  insertTarget,
  insertTrigger,
  recordFindings,
  settleScan,
} from '../../src/store/index.ts'
import { insertWebhookEndpoint, testWebhookEndpoint } from '../../src/store/index.ts'
import type { AnswerToKeep, AttemptKey, Sql } from '../../src/store/index.ts'
import { claim, freshWorkspace, newFinding } from '../store-fixture.ts'
import { endOf, orderScan } from '../testing.ts'

/** A workspace with something of everything, for another one to reach for. */
export type Home = {
  workspaceId: string
  /** Of two shards: one under way, with a finding and its evidence, one waiting. */
  scanId: string
  /** Completed. */
  endedId: string
  attempt: AttemptKey
  findingId: string
  keyId: string
  ruleId: string
  customTemplateId: string
  targetId: string
  profileId: string
  auditEventId: string
  endpointId: string
  deliveryId: string
  triggerId: string
  /** One of the trigger, which ordered `scanId`. */
  triggerDelivery: string
  kept: AnswerToKeep
}

export const actor = { kind: 'key', id: newId() } as const
export const audit = () => ({ id: newId(), actor, requestId: null })
export const more = (idempotency: AnswerToKeep | null = null) => ({ auditId: newId(), requestId: null, idempotency })

export const newKey = (replaces: { id: string; overlapSeconds: number } | null = null) => ({
  ...{ id: newId(), name: 'a key', permissions: ['scans:read'], expiresAt: null },
  ...{ secretHash: new Uint8Array(32), createdBy: actor, replaces },
})
export const newRule = () => ({
  ...{ id: newId(), effect: 'allow' as const, pattern: 'a.example', note: 'a note', createdBy: actor, expiresAt: null },
})

export const newTemplate = (n: number) => ({
  ...{
    id: newId(),
    name: `template ${n}`,
    source: `id: t${n}`,
    createdBy: actor,
    digest: `sha256:${String(n).repeat(64)}`,
  },
  ...{ templateId: `t${n}`, title: 'A title', severity: 'low', protocol: 'http', tags: [], requests: 1 },
})

export const newEndpoint = () => ({
  ...{
    id: newId(),
    kind: 'standard' as const,
    url: 'https://hooks.example.com/',
    subscriptions: ['scan.finished' as const],
  },
  ...{ types: ['scan.completed' as const], severityFloor: 'high' as const, headerNames: [], headersSealed: null },
  ...{ secretSealed: new Uint8Array(40), enabled: true, createdBy: actor },
})

export const newTarget = () => ({
  ...{ id: newId(), name: 'a target', address: 'https://a.example', labels: { team: 'web' }, createdBy: actor },
})

const answer = {
  kind: 'github',
  baseUrl: 'https://api.github.com',
  status: true,
  sarif: true,
  severityFloor: 'high',
} as const
export const newTrigger = () => ({
  ...{ id: newId(), name: 'a trigger', kind: 'github' as const, events: [], enabled: true, createdBy: actor },
  ...{ filters: { branches: [], environments: [], states: [] }, secretSealed: new Uint8Array(40) },
  ...{ answer, tokenSealed: new Uint8Array(40) },
  order: v.parse(TriggerOrder, { targets: ['https://a.example'] }),
})

export const newProfile = () => ({
  ...{ id: newId(), name: 'a profile', templates: null, limits: { retries: 0 }, createdBy: actor },
})

export async function makeHome(sql: Sql): Promise<Home> {
  const workspaceId = await freshWorkspace(sql)
  const endedId = await orderScan(sql, workspaceId)
  await finishShard(sql, await claim(sql), endOf([0]))
  await settleScan(sql, workspaceId, endedId)
  const scanId = await orderScan(sql, workspaceId, 2)
  const attempt = await claim(sql)
  const finding = newFinding(1, { request: 'GET /', response: 'HTTP/1.1 200 OK' })
  await recordFindings(sql, attempt, [finding])
  await settleScan(sql, workspaceId, scanId)
  const kept = { key: newId(), fingerprint: new Uint8Array(32), answer: { id: 'first' }, location: '/there' }
  const [key, rule, template, target, profile] = [newKey(), newRule(), newTemplate(1), newTarget(), newProfile()]
  await insertKey(sql, workspaceId, key, more(kept))
  await insertScopeRule(sql, workspaceId, rule, more())
  await insertTarget(sql, workspaceId, target, more())
  const told = more()
  await insertProfile(sql, workspaceId, profile, told)
  await insertCustomTemplate(sql, workspaceId, template, more())
  const customTemplateId = template.id
  const [endpoint, deliveryId] = [newEndpoint(), newId()]
  await insertWebhookEndpoint(sql, workspaceId, endpoint, more())
  await testWebhookEndpoint(sql, workspaceId, endpoint.id, { deliveryId, eventId: newId() }, audit())
  const [trigger, triggerDelivery] = [newTrigger(), newId()]
  await insertTrigger(sql, workspaceId, trigger, more())
  await sql`
    insert into trigger_deliveries (workspace_id, trigger_id, delivery_id, scan_id)
    values (${workspaceId}, ${trigger.id}, ${triggerDelivery}, ${scanId})`
  return {
    workspaceId,
    scanId,
    endedId,
    attempt,
    findingId: finding.id,
    keyId: key.id,
    ruleId: rule.id,
    customTemplateId,
    targetId: target.id,
    profileId: profile.id,
    auditEventId: told.auditId,
    kept,
    endpointId: endpoint.id,
    deliveryId,
    triggerId: trigger.id,
    triggerDelivery,
  }
}

/** Every row of a workspace, table by table. */
export async function rowsOf(sql: Sql, workspaceId: string): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`
  const rows: Record<string, string[]> = {}
  for (const { name } of tables) {
    const found = await sql<{ row: string }[]>`
      select to_jsonb(t)::text as row from ${sql(name)} t where workspace_id = ${workspaceId} order by 1`
    rows[name] = found.map(({ row }) => row)
  }
  return rows
}
