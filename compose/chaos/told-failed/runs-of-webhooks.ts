import { newId } from '@assayer/schema'
import {
  changeWebhookEndpoint,
  claimDeliveries,
  deleteWebhookEndpoint,
  finishShard,
  getWebhookDelivery,
  insertWebhookEndpoint,
  keepBodies,
  markDelivered,
  markFailed,
  reapDeliveries,
  recordFindings,
  releaseDelivery,
  replayWebhookEvents,
  retryWebhookDelivery,
  rotateWebhookSecret,
  tellEvents,
  tellFindings,
  testWebhookEndpoint,
} from '@assayer/schema/store'
import type { DeliveryKey } from '@assayer/schema/store'
import { endOf } from '../../../packages/schema/test/testing.ts'
import { actor, audit, claimed, finding, idempotency } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const newEndpoint = () => ({
  ...{
    id: newId(),
    kind: 'standard' as const,
    url: 'https://a.example/',
    severityFloor: 'high' as const,
    enabled: true,
  },
  ...{ subscriptions: ['finding.created' as const], types: ['finding.created' as const, 'endpoint.disabled' as const] },
  ...{ headerNames: [], headersSealed: null, secretSealed: new Uint8Array(40), createdBy: actor },
})
const one = { at: '2026-11-25T12:00:00.000Z', durationMs: 5, status: 500, error: 'the receiver answered 500' }
const worker = () => ({ id: newId(), leaseMs: 30_000, most: 10 })

async function endpoint({ sql, workspaceId }: Fixture): Promise<string> {
  const made = newEndpoint()
  await insertWebhookEndpoint(sql, workspaceId, made, { auditId: newId(), requestId: null, idempotency: null })
  return made.id
}

/** An endpoint with a sample event that waits. */
async function waiting(fixture: Fixture): Promise<{ endpointId: string; deliveryId: string }> {
  const [endpointId, deliveryId] = [await endpoint(fixture), newId()]
  const { sql, workspaceId } = fixture
  await testWebhookEndpoint(sql, workspaceId, endpointId, { deliveryId, eventId: newId() }, audit())
  return { endpointId, deliveryId }
}

async function sending(fixture: Fixture): Promise<DeliveryKey> {
  await waiting(fixture)
  return await claimedIn(fixture)
}

async function claimedIn({ sql, workspaceId }: Fixture): Promise<DeliveryKey> {
  const mine = (await claimDeliveries(sql, worker())).find((it) => it.workspaceId === workspaceId)
  if (mine === undefined) throw new Error('nothing to send')
  return { workspaceId: mine.workspaceId, id: mine.id, attempt: mine.attempt }
}

export const runsOfWebhooks: Record<string, Run> = {
  insertWebhookEndpoint: {
    async prepare({ workspaceId }) {
      const [made, more] = [newEndpoint(), { auditId: newId(), requestId: null, idempotency: idempotency() }]
      return (sql) => insertWebhookEndpoint(sql, workspaceId, made, more)
    },
  },
  changeWebhookEndpoint: {
    async prepare(fixture) {
      const [id, told] = [await endpoint(fixture), audit()]
      return (sql) => changeWebhookEndpoint(sql, fixture.workspaceId, id, 1, newEndpoint(), told)
    },
  },
  rotateWebhookSecret: {
    async prepare(fixture) {
      const [id, told] = [await endpoint(fixture), audit()]
      const secretSealed = new Uint8Array(40).fill(1)
      const rotation = { version: 1, secretSealed, overlapSeconds: 60, idempotency: idempotency() }
      return (sql) => rotateWebhookSecret(sql, fixture.workspaceId, id, rotation, told)
    },
  },
  deleteWebhookEndpoint: {
    async prepare(fixture) {
      const [{ endpointId }, told] = [await waiting(fixture), audit()]
      return (sql) => deleteWebhookEndpoint(sql, fixture.workspaceId, endpointId, told)
    },
  },
  testWebhookEndpoint: {
    async prepare(fixture) {
      const [id, told, sample] = [await endpoint(fixture), audit(), { deliveryId: newId(), eventId: newId() }]
      return (sql) => testWebhookEndpoint(sql, fixture.workspaceId, id, sample, told)
    },
  },
  tellEvents: {
    async prepare(fixture) {
      const gone = await sending(fixture)
      await endpoint(fixture)
      await tellEvents(fixture.sql)
      await markFailed(fixture.sql, gone, one, { waitMs: null, gone: true })
      return (sql) => tellEvents(sql)
    },
  },
  tellFindings: {
    async prepare(fixture) {
      await endpoint(fixture)
      const { key } = await claimed(fixture)
      await recordFindings(fixture.sql, key, [finding(1), finding(2)])
      await finishShard(fixture.sql, key, endOf([0]))
      return (sql) => tellFindings(sql)
    },
  },
  claimDeliveries: {
    async prepare(fixture) {
      await waiting(fixture)
      const mine = worker()
      return (sql) => claimDeliveries(sql, mine)
    },
    // Nobody sends what was claimed so: its lease ends, and it is given back.
    async afterwards({ sql, workspaceId }) {
      await sql`update webhook_deliveries set lease_until = now() - interval '1 second' where state = 'sending'`
      await reapDeliveries(sql)
      const again = (await claimDeliveries(sql, worker())).filter((it) => it.workspaceId === workspaceId)
      return again.length === 1 ? [] : ['what was claimed unheard is not sent again']
    },
  },
  reapDeliveries: {
    async prepare(fixture) {
      const { id } = await sending(fixture)
      await fixture.sql`update webhook_deliveries set lease_until = now() - interval '1 second' where id = ${id}`
      return (sql) => reapDeliveries(sql)
    },
  },
  keepBodies: {
    async prepare(fixture) {
      const keys = [await sending(fixture), await sending(fixture)]
      return (sql) =>
        keepBodies(
          sql,
          keys.map((key) => ({ key, said: '{}' })),
        )
    },
  },
  markDelivered: {
    async prepare(fixture) {
      const keys = [await sending(fixture), await sending(fixture)]
      const said = { ...one, status: 200, error: null }
      return (sql) =>
        markDelivered(
          sql,
          keys.map((key) => ({ key, said })),
        )
    },
  },
  markFailed: {
    async prepare(fixture) {
      const { endpointId } = await waiting(fixture)
      const key = await claimedIn(fixture)
      const { sql: home, workspaceId } = fixture
      await testWebhookEndpoint(home, workspaceId, endpointId, { deliveryId: newId(), eventId: newId() }, audit())
      return (sql) => markFailed(sql, key, one, { waitMs: 5000, gone: true })
    },
  },
  releaseDelivery: {
    async prepare(fixture) {
      const key = await sending(fixture)
      return (sql) => releaseDelivery(sql, key)
    },
  },
  retryWebhookDelivery: {
    async prepare(fixture) {
      const key = await sending(fixture)
      await markFailed(fixture.sql, key, one, { waitMs: null, gone: false })
      const told = audit()
      return (sql) => retryWebhookDelivery(sql, fixture.workspaceId, key.id, told)
    },
  },
  replayWebhookEvents: {
    async prepare(fixture) {
      const key = await sending(fixture)
      await markDelivered(fixture.sql, [{ key, said: one }])
      const row = await getWebhookDelivery(fixture.sql, fixture.workspaceId, key.id)
      const told = audit()
      return (sql) => replayWebhookEvents(sql, fixture.workspaceId, row?.endpointId ?? '', new Date(0), told)
    },
  },
}
