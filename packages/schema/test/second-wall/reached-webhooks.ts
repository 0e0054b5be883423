import { newId } from '../../src/id.ts'
import {
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookDelivery,
  getWebhookEndpoint,
  insertWebhookEndpoint,
  listWebhookDeliveries,
  listWebhookEndpoints,
  replayWebhookEvents,
  retryWebhookDelivery,
  rotateWebhookSecret,
  testWebhookEndpoint,
} from '../../src/store/index.ts'
import { audit, more, newEndpoint } from './home.ts'
import type { Reach } from './reached.ts'

const page = { limit: 50, before: null }
const rotation = { version: 1, secretSealed: new Uint8Array(40), overlapSeconds: 60, idempotency: null }
const since = new Date(0)

/** The part of `reached` that speaks of webhooks. */
export const reachedWebhooks = {
  insertWebhookEndpoint: {
    makes: true,
    ask: (sql, workspaceId, { endpointId }) =>
      insertWebhookEndpoint(sql, workspaceId, { ...newEndpoint(), id: endpointId }, more()),
    before: (sql, { endpointId }) => sql`delete from webhook_endpoints where id = ${endpointId}`,
  },
  getWebhookEndpoint: { ask: (sql, workspaceId, { endpointId }) => getWebhookEndpoint(sql, workspaceId, endpointId) },
  listWebhookEndpoints: { ask: (sql, workspaceId) => listWebhookEndpoints(sql, workspaceId, page) },
  changeWebhookEndpoint: {
    ask: (sql, workspaceId, { endpointId }) =>
      changeWebhookEndpoint(sql, workspaceId, endpointId, 1, newEndpoint(), audit()),
  },
  rotateWebhookSecret: {
    ask: (sql, workspaceId, { endpointId }) => rotateWebhookSecret(sql, workspaceId, endpointId, rotation, audit()),
  },
  deleteWebhookEndpoint: {
    ask: (sql, workspaceId, { endpointId }) => deleteWebhookEndpoint(sql, workspaceId, endpointId, audit()),
  },
  testWebhookEndpoint: {
    ask: (sql, workspaceId, { endpointId }) =>
      testWebhookEndpoint(sql, workspaceId, endpointId, { deliveryId: newId(), eventId: newId() }, audit()),
  },
  listWebhookDeliveries: {
    ask: (sql, workspaceId, { endpointId }) =>
      listWebhookDeliveries(sql, workspaceId, { endpointId, triggerId: null, states: [], ...page }),
  },
  getWebhookDelivery: { ask: (sql, workspaceId, { deliveryId }) => getWebhookDelivery(sql, workspaceId, deliveryId) },
  retryWebhookDelivery: {
    ask: (sql, workspaceId, { deliveryId }) => retryWebhookDelivery(sql, workspaceId, deliveryId, audit()),
  },
  replayWebhookEvents: {
    ask: (sql, workspaceId, { endpointId }) => replayWebhookEvents(sql, workspaceId, endpointId, since, audit()),
  },
} satisfies Record<string, Reach>
