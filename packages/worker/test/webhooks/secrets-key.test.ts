import { createSealer, endpointPlace, formatId, tokenPlace } from '@assayer/schema'
import type { Log } from '@assayer/schema'
import { getWebhookEndpoint, rotateWebhookSecret } from '@assayer/schema/store'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { openAnswers } from '../forge/answers.ts'
import { startForge } from '../forge/server.ts'
import { until } from '../lab.ts'
import { addEndpoint, sealer, startSender } from './endpoints.ts'
import { arrived, audit } from './events.ts'
import { startReceiver } from './receiver.ts'

const { events, addAnswer, runFor, deliveries } = openAnswers()
const lost = await createSealer(new Uint8Array(32).fill(8))
const reason = 'not-made: SECRETS_KEY is not the one that sealed its secret'

function listen() {
  const lines: object[] = []
  const note = (about: object, text: string) => void lines.push({ ...about, text })
  return { lines, log: { info: note, warn: note, error: note } as unknown as Log }
}

test.each(['secret', 'headers'] as const)(
  'an endpoint whose %s SECRETS_KEY does not open fails alone, and its log says why',
  async (what) => {
    const { sql, workspaceId } = events.db
    const receiver = await startReceiver()
    const well = await startReceiver()
    const { id } = await addEndpoint(events.db, receiver.url, { headers: { 'X-Team': 'web' } })
    await addEndpoint(events.db, well.url)
    const sealed = await lost.seal('{}', endpointPlace(id, what))
    await sql`update webhook_endpoints set ${sql(`${what}_sealed`)} = ${sealed} where id = ${id}`
    const { lines, log } = listen()
    startSender(events.db, { log })
    await events.runScan()
    await until('the try', async () => (await events.deliveries(id))[0]?.tries === 1)
    expect((await events.deliveries(id))[0]).toMatchObject({ state: 'pending', log: [{ status: null, error: reason }] })
    expect((await getWebhookEndpoint(sql, workspaceId, id))?.failingSince).not.toBeNull()
    await events.runScan()
    await arrived(well.received, 2)
    await until('the other try', async () => (await events.deliveries(id))[1]?.tries === 1)
    expect(receiver.received).toEqual([])
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ endpointId: formatId('webhook-endpoint', id), text: 'webhook secret could not be opened' },
        reason: expect.stringContaining('SECRETS_KEY') as string,
      }),
    )
  },
)

test('a rotation makes such an endpoint whole: the new secret signs alone', async () => {
  const { sql, workspaceId } = events.db
  const receiver = await startReceiver()
  const { id } = await addEndpoint(events.db, receiver.url)
  const sealed = await lost.seal('whsec_', endpointPlace(id, 'secret'))
  await sql`update webhook_endpoints set secret_sealed = ${sealed} where id = ${id}`
  const fresh = `whsec_${btoa('n'.repeat(32))}`
  const secretSealed = await sealer.seal(fresh, endpointPlace(id, 'secret'))
  const rotation = { version: 1, secretSealed, overlapSeconds: 3600, idempotency: null }
  expect(await rotateWebhookSecret(sql, workspaceId, id, rotation, audit())).not.toBeNull()
  startSender(events.db)
  await events.runScan()
  await arrived(receiver.received, 1)
  const { body = '', headers = {} } = receiver.received[0] ?? {}
  expect(() => new Webhook(fresh).verify(body, headers as Record<string, string>)).not.toThrow()
  expect(headers['webhook-signature']).not.toContain(' ')
})

test('an answer whose token SECRETS_KEY does not open fails alone, and no SARIF is written for it', async () => {
  const { sql } = events.db
  const forge = await startForge()
  const well = await startReceiver()
  const id = await addAnswer(forge.url)
  await sql`update webhook_endpoints set secret_sealed = ${await lost.seal('a-token', tokenPlace(id))}`
  await addEndpoint(events.db, well.url)
  let packed = 0
  startSender(events.db, {
    async pack() {
      packed++
      return { kind: 'given-up', detail: 'not asked for' }
    },
  })
  await runFor(id, {})
  await arrived(well.received, 1)
  const answers = async () => (await deliveries()).filter(({ triggerId }) => triggerId === id)
  await until('the tries', async () => (await answers()).every(({ tries }) => tries > 0))
  expect((await answers()).map(({ log }) => log[0]?.error)).toEqual([reason, reason, reason])
  expect([forge.statuses, forge.sarifs, packed]).toEqual([[], [], 0])
})
