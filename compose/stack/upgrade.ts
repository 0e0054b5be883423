import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { version } from '@assayer/schema'
import { behindProxy } from './behind-proxy.ts'
import type { Front } from './behind-proxy.ts'
import type { Fault } from './faults.ts'
import { outcome, slow } from './order.ts'
import type { Stack } from './stack.ts'

const another = 'dcp up -d --wait --no-deps --no-recreate --scale api=3 api'
/** Of docs/operating.md: tables first, then the worker, then one API process after the other, each once another is healthy. */
export const upgradeCommands = [
  'dcp run --rm schema',
  'dcp up -d --wait --no-deps worker',
  `${another} && docker stop assayer-api-1 && docker rm assayer-api-1`,
  `${another} && docker stop assayer-api-2 && docker rm assayer-api-2`,
]

/** From the images tagged `latest` to those of the version, while scans are ordered, run and listed. */
export const upgrade: Fault = {
  name: 'an upgrade behind the proxy under load',
  expected: 'no request fails, and each scan that was accepted completes',
  async run(stack) {
    const seen: Seen = { ids: [], reads: 0, wrong: [] }
    await behindProxy(stack, async (front) => {
      const over = new AbortController()
      const clients = [orders(stack, front, seen, over.signal), ...[1, 2, 3].map(() => reads(front, seen, over.signal))]
      try {
        for (const command of upgradeCommands) {
          const { code, text } = await stack.shell(command, { ...front.env, ASSAYER_VERSION: version })
          if (code !== 0) seen.wrong.push(`${command}: ${code}: ${text}`)
        }
      } finally {
        over.abort()
        await Promise.all(clients)
      }
      return []
    })
    // One host is scanned by one at a time, so they end one after the other.
    const ended = await Promise.all(seen.ids.map((id) => outcome(stack, id, undefined, 600_000)))
    const unended = ended.filter(({ state }) => state !== 'completed').map(({ id, state }) => `${id} ended ${state}`)
    const few =
      seen.ids.length < 5 || seen.reads < 100 ? [`only ${seen.ids.length} orders and ${seen.reads} reads`] : []
    return [...seen.wrong, ...unended, ...few]
  },
}

type Seen = { ids: string[]; reads: number; wrong: string[] }

/** A scan each second and a half, the first a slow one, which runs when the worker is replaced; what is not accepted is wrong. */
async function orders({ site }: Stack, { ask }: Front, seen: Seen, over: AbortSignal): Promise<void> {
  for (let n = 0; !over.aborted && n < 200; n++) {
    const body = JSON.stringify({ targets: [site], ...(n === 0 ? slow : {}) })
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }
    const reply = await ask('/v1/scans', { method: 'POST', headers, body }).catch(String)
    if (typeof reply !== 'string' && reply.status === 202) {
      seen.ids.push((JSON.parse(reply.body.toString()) as { id: string }).id)
    } else
      seen.wrong.push(`an order: ${typeof reply === 'string' ? reply : `${reply.status} ${reply.body.toString()}`}`)
    await sleep(1500)
  }
}

async function reads({ ask }: Front, seen: Seen, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const reply = await ask('/v1/scans?limit=5').catch(String)
    seen.reads++
    if (typeof reply === 'string' || reply.status !== 200)
      seen.wrong.push(`a list: ${typeof reply === 'string' ? reply : `${reply.status} ${reply.body.toString()}`}`)
    await sleep(20)
  }
}
