import {
  createSealer,
  endpointPlace,
  makeWebhookSecret,
  newId,
  parseScopePattern,
  receiverScope,
  typesOf,
} from '@assayer/schema'
import type { Log, Severity, Subscription } from '@assayer/schema'
import { createLog } from '@assayer/schema'
import { insertWebhookEndpoint } from '@assayer/schema/store'
import { onTestFinished } from 'vitest'
import type { TestDatabase } from '../../../schema/test/testing.ts'
import { startDelivering } from '../../src/webhooks/deliver-loop.ts'
import type { DeliverLoop } from '../../src/webhooks/deliver-loop.ts'
import { createPackSarif } from '../../src/forge/pack-sarif.ts'
import type { PackSarif } from '../../src/forge/pack-sarif.ts'
import { createPost } from '../../src/webhooks/post.ts'
import { sendDelivery } from '../../src/webhooks/send.ts'
import type { SendDeps } from '../../src/webhooks/send.ts'
import type { Post } from '../../src/webhooks/post.ts'
import { writeTogether } from '../../src/webhooks/write-together.ts'

export const sealer = await createSealer(new Uint8Array(32).fill(9))
const silent = createLog('worker', 'silent')

type Endpoint = { id: string; secret: string }
type More = { events?: Subscription[]; severityFloor?: Severity; headers?: Record<string, string> }

/** An endpoint as the API makes one. */
export async function addEndpoint({ sql, workspaceId }: TestDatabase, url: string, more: More = {}): Promise<Endpoint> {
  const { events = ['scan.finished'], severityFloor = 'high', headers } = more
  const id = newId()
  const secret = makeWebhookSecret()
  const endpoint = {
    id,
    kind: 'standard' as const,
    url,
    subscriptions: events,
    types: typesOf(events),
    severityFloor,
    headerNames: Object.keys(headers ?? {}),
    headersSealed: headers ? await sealer.seal(JSON.stringify(headers), endpointPlace(id, 'headers')) : null,
    secretSealed: await sealer.seal(secret, endpointPlace(id, 'secret')),
    enabled: true,
    createdBy: { kind: 'key', id: newId() } as const,
  }
  await insertWebhookEndpoint(sql, workspaceId, endpoint, { auditId: newId(), requestId: null, idempotency: null })
  return { id, secret }
}

type Sending = {
  deadlineMs?: number
  wrap?: (post: Post) => Post
  log?: Log
  pack?: PackSarif
  publicUrl?: string
}

/** What a sender sends with, allowed to reach loopback. */
export function sendDeps({ sql }: TestDatabase, more: Sending = {}): SendDeps & { close(): void } {
  const { deadlineMs = 15_000, wrap = (post) => post, log = silent } = more
  const parsed = parseScopePattern('127.0.0.1')
  if (!parsed.ok) throw new Error(parsed.message)
  const scope = receiverScope([parsed.pattern], [])
  const { post, close } = createPost({ scope, resolve: async () => [], deadlineMs })
  return {
    sql,
    write: writeTogether(sql),
    log,
    sealer,
    post: wrap(post),
    pack: more.pack ?? createPackSarif(sql),
    publicUrl: more.publicUrl ?? 'https://assayer.example.com',
    userAgent: 'Assayer/test',
    close,
  }
}

/** A sender as a worker has one. */
export function startSender(db: TestDatabase, more: Sending & { slots?: number; leaseMs?: number } = {}): DeliverLoop {
  const { slots = 32, leaseMs = 30_000 } = more
  const deps = sendDeps(db, more)
  const loop = startDelivering({
    ...{ workerId: newId(), sql: db.sql, log: deps.log, slots, leaseMs, graceMs: 100 },
    send: (delivery, signal) => sendDelivery(deps, delivery, signal),
  })
  onTestFinished(async () => {
    await loop.stop()
    deps.close()
  })
  return loop
}
