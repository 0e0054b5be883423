import { newId, tokenPlace, TriggerOrder } from '@assayer/schema'
import type { TriggerAnswer } from '@assayer/schema'
import {
  finishShard,
  insertTrigger,
  listWebhookDeliveries,
  recordFindings,
  requestCancel,
  settleScan,
} from '@assayer/schema/store'
import type { WebhookDeliveryRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { beforeEach } from 'vitest'
import { claim, newFindings } from '../../../schema/test/store-fixture.ts'
import { endOf, orderScan } from '../../../schema/test/testing.ts'
import { until } from '../lab.ts'
import { sealer } from '../webhooks/endpoints.ts'
import { audit, openEvents } from '../webhooks/events.ts'

export const token = 'a-secret-token-of-the-forge'
export const sha = 'c0ffee'.repeat(7).slice(0, 40)
export const commits = {
  github: { place: 'owner/name', sha, ref: 'refs/heads/main', context: 'assayer/one' },
  gitlab: { place: '42', sha, ref: 'refs/heads/main', context: 'assayer/one' },
}
type Kept = Omit<(typeof commits)['github'], 'ref'> & { ref: string | null; refIsGuessed?: true }
export type Run = {
  commit?: Kept
  coverage?: 'covered' | 'partial' | 'unreachable'
  cancelled?: boolean
  severity?: string
}

/** A database without scans and triggers at the start of each test of a file. */
export function openAnswers() {
  const events = openEvents()
  beforeEach(() => events.db.sql`truncate triggers cascade`)

  const deliveries = async (): Promise<WebhookDeliveryRow[]> => {
    const filter = { endpointId: null, triggerId: null, states: [], before: null, limit: 100 }
    return await listWebhookDeliveries(events.db.sql, events.db.workspaceId, filter)
  }

  /** A scan of one target that a delivery of the trigger ordered. */
  async function orderFor(triggerId: string, commit: Kept): Promise<string> {
    const { sql, workspaceId } = events.db
    const scanId = await orderScan(sql, workspaceId)
    await sql`
      insert into trigger_deliveries (workspace_id, trigger_id, delivery_id, scan_id, commit)
      values (${workspaceId}, ${triggerId}, ${newId()}, ${scanId}, ${sql.json(commit)})`
    return scanId
  }

  return {
    events,
    deliveries,
    orderFor,
    ofType: async (asked: string) => (await deliveries()).find(({ type }) => type === asked),
    ended: (n: number) =>
      until(`${n} ended deliveries`, async () => {
        return (await deliveries()).filter(({ endedAt }) => endedAt !== null).length >= n
      }),

    /** A trigger that answers, as the API makes one. */
    async addAnswer(baseUrl: string, change: Partial<TriggerAnswer> = {}, name = 'one'): Promise<string> {
      const { sql, workspaceId } = events.db
      const id = newId()
      const answer = { kind: 'github', baseUrl, status: true, sarif: true, severityFloor: 'high', ...change } as const
      const trigger = {
        ...{ id, name, kind: 'hmac' as const, events: [], enabled: true, createdBy: audit().actor },
        ...{ filters: { branches: [], environments: [], states: [] }, secretSealed: new Uint8Array(40) },
        order: v.parse(TriggerOrder, { targets: ['https://a.example'] }),
        ...{ answer, tokenSealed: await sealer.seal(token, tokenPlace(id)) },
      }
      await insertTrigger(sql, workspaceId, trigger, { auditId: newId(), requestId: null, idempotency: null })
      return id
    },

    /** Orders such a scan and runs it to its end. */
    async runFor(triggerId: string, run: Run): Promise<string> {
      const { commit = commits.github, coverage = 'covered', cancelled = false, severity } = run
      const { sql, workspaceId } = events.db
      const scanId = await orderFor(triggerId, commit)
      const key = await claim(sql, newId())
      await settleScan(sql, workspaceId, scanId)
      if (severity !== undefined)
        await recordFindings(
          sql,
          key,
          newFindings(1).map((one) => ({ ...one, severity })),
        )
      if (cancelled) await requestCancel(sql, workspaceId, scanId, audit())
      const targets = [{ ordinal: 0, coverage, reason: null, evidence: {} }]
      await finishShard(sql, key, endOf([0], { targets }))
      await settleScan(sql, workspaceId, scanId)
      return scanId
    },
  }
}
