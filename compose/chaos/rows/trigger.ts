import { createHmac, randomUUID } from 'node:crypto'
import { call } from '../../client/http.ts'
import type { Row } from '../row.ts'

type Made = { id: string; secret: string }
type Told = { status: number; id: string | null }

const h7: Row = {
  id: 'H7',
  title: 'a delivery is replayed, wrongly signed, old, re-encoded, and signed by a rotated secret',
  expected: 'one scan for the delivery; 401 for what is not signed as it is; both secrets count during rotation',
  world: { workers: 1, webhooks: true },
  // Four of each are refused, and sixty such are let in a minute from one address.
  times: { quick: 1, full: 14 },
  async run(world, _random, times) {
    const wrong: string[] = []
    const [service] = world.services()
    if (service === undefined) throw new Error('no API')
    const make = async (path: string, body: object) =>
      (await (await call(service, path, { method: 'POST', body })).json()) as Made
    for (let n = 0; n < times; n++) {
      const { url } = await world.sites.open('answers')
      const order = { targets: [url], templates: { ids: ['assayer-git-config'] }, labels: { order: randomUUID() } }
      const trigger = await make('/v1/triggers', { name: `H7 ${randomUUID()}`, kind: 'hmac', order })
      const deliveryId = randomUUID()
      const deliver = async (secret: string, more: { sent?: string; ageSeconds?: number } = {}): Promise<Told> => {
        const body = '{"a":1}'
        const t = Math.floor(Date.now() / 1000) - (more.ageSeconds ?? 0)
        const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
        const answer = await fetch(`${service.url}/hooks/${trigger.id}`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-Assayer-Delivery': deliveryId,
            'X-Assayer-Signature': `t=${t},v1=${v1}`,
          },
          body: more.sent ?? body,
          signal: AbortSignal.timeout(30_000),
        })
        const { id } = (await answer.json()) as { id?: string }
        return { status: answer.status, id: id ?? null }
      }
      const refused = [
        ['a wrong secret', await deliver('x'.repeat(32))],
        ['a time 10 minutes ago', await deliver(trigger.secret, { ageSeconds: 600 })],
        ['a time in 10 minutes', await deliver(trigger.secret, { ageSeconds: -600 })],
        ['a body that was encoded again', await deliver(trigger.secret, { sent: '{ "a": 1 }' })],
      ] as const
      for (const [what, { status }] of refused) if (status !== 401) wrong.push(`${what} was answered with ${status}`)
      const told = await Promise.all(Array.from({ length: 4 }, () => deliver(trigger.secret)))
      const rotated = await make(`/v1/triggers/${trigger.id}/rotate-secret`, {})
      told.push(await deliver(trigger.secret), await deliver(rotated.secret))
      world.tally.count('replayed deliveries', told.length)
      const ids = new Set(told.map(({ id }) => id))
      const statuses = told.map(({ status }) => status).toSorted((a, b) => a - b)
      if (ids.size !== 1 || statuses.join() !== '200,200,200,200,200,202')
        wrong.push(
          `a delivery that came ${told.length} times was answered with ${statuses.join()} and ${ids.size} scans`,
        )
    }
    return wrong
  },
}

/** Deliveries that order scans. */
export const triggerRows: Row[] = [h7]
