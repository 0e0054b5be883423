import { newId } from '@assayer/schema'
import { EndpointEvent, FindingEvent, ScanEvent } from '@assayer/schema/render'
import { finishShard, listWebhookDeliveries, recordFindings, settleScan } from '@assayer/schema/store'
import type { WebhookDeliveryRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { claim, clearShards, newFindings } from '../../../schema/test/store-fixture.ts'
import { endOf, installTestBundle, orderScan, testDatabase } from '../../../schema/test/testing.ts'
import type { TestDatabase } from '../../../schema/test/testing.ts'
import { until } from '../lab.ts'
import type { Received } from './receiver.ts'

type Message = {
  type: string
  timestamp: string
  sequence: number
  data: { scan?: Record<string, unknown>; finding?: Record<string, unknown>; truncated?: boolean }
}
export type Events = {
  db: TestDatabase
  deliveries(endpointId: string): Promise<WebhookDeliveryRow[]>
  /** Runs a whole scan of one shard, with so many findings. */
  runScan(findings?: number, severity?: string): Promise<string>
}

export const audit = () => ({ id: newId(), actor: { kind: 'key', id: newId() } as const, requestId: null })

/** What was received, each held against its schema. */
export const told = (received: readonly Received[]): Message[] =>
  received.map(({ body }) => {
    const message = JSON.parse(body) as Message
    const [family] = message.type.split('.')
    v.parse(family === 'scan' ? ScanEvent : family === 'finding' ? FindingEvent : EndpointEvent, message)
    return message
  })

export const arrived = (received: Received[], n: number) => until(`${n} events`, async () => received.length >= n)

/** A database without scans and endpoints at the start of each test of a file; `db` is there once the first begins. */
export function openEvents(): Events {
  const events: Partial<Events> = {}
  beforeAll(async () => {
    const db = await testDatabase()
    await installTestBundle(db.sql)
    const { sql, workspaceId } = db
    Object.assign(events, {
      db,
      async deliveries(endpointId) {
        const filter = { endpointId, triggerId: null, states: [], before: null, limit: 200 }
        return (await listWebhookDeliveries(sql, workspaceId, filter)).toReversed()
      },
      async runScan(findings = 0, severity = 'high') {
        const scanId = await orderScan(sql, workspaceId)
        const key = await claim(sql, newId())
        await settleScan(sql, workspaceId, scanId)
        for (let n = 0; n < findings; n += 200) {
          const numbers = Array.from({ length: Math.min(200, findings - n) }, (_, at) => n + at)
          const batch = newFindings(...numbers).map((one) => ({ ...one, severity }))
          await recordFindings(sql, key, batch)
        }
        await finishShard(sql, key, endOf([0]))
        await settleScan(sql, workspaceId, scanId)
        return scanId
      },
    } satisfies Events)
  })
  beforeEach(async () => {
    const { sql } = (events as Events).db
    await clearShards(sql)
    await sql`truncate outbox, webhook_endpoints cascade`
    await sql`delete from confirmed_shards`
  })
  afterAll(() => (events as Events).db.drop())
  return events as Events
}
