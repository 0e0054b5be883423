import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Stack } from './stack.ts'
import type { Step } from './step.ts'

const Scan = v.object({
  id: v.string(),
  state: v.string(),
  reason: v.nullish(v.object({ code: v.string() })),
  findings: v.object({ total: v.number() }),
})
export type Scan = v.InferOutput<typeof Scan>

export const firstScan: Step = {
  name: 'a scan of the weak site completes with its findings',
  async run(stack) {
    const { state, findings } = await outcome(stack, await order(stack))
    return state === 'completed' && findings.total >= 20 ? [] : [`${state} with ${findings.total} findings`]
  },
}

/** Of an order: some ten seconds of scan of the weak site. */
export const slow = { limits: { requestsPerSecond: 5 } }

/** Asks the API itself. */
export async function ask({ url, key, signal }: Stack, path: string, body?: unknown): Promise<Response> {
  return await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
  })
}

/** Orders a scan of the weak site, and insists for two minutes where the service is away. */
export async function order(stack: Stack, more: Record<string, unknown> = {}): Promise<string> {
  const send = async () => {
    const reply = await ask(stack, '/v1/scans', { targets: [stack.site], ...more })
    if (reply.status === 202) return v.parse(Scan, await reply.json()).id
    if (reply.status === 503) return null
    throw new Error(`the order was answered ${reply.status}: ${await reply.text()}`)
  }
  return await insist(send, 120_000, stack.signal)
}

/** The scan once it has ended, or once it has come to `state`. */
export async function outcome(stack: Stack, id: string, state?: string, withinMs = 180_000): Promise<Scan> {
  const look = async () => {
    const reply = await ask(stack, `/v1/scans/${id}`)
    if (!reply.ok) return null
    const scan = v.parse(Scan, await reply.json())
    return scan.state === state || ['completed', 'partial', 'failed', 'cancelled'].includes(scan.state) ? scan : null
  }
  return await insist(look, withinMs, stack.signal)
}

/** What each attempt of a scan's shards came to and why, in order. */
export async function attempts(stack: Stack, id: string): Promise<string[]> {
  const Shards = v.object({
    data: v.array(
      v.object({ attempts: v.array(v.object({ outcome: v.nullable(v.string()), why: v.nullable(v.string()) })) }),
    ),
  })
  const { data } = v.parse(Shards, await (await ask(stack, `/v1/scans/${id}/shards`)).json())
  return data.flatMap((shard) => shard.attempts.map(({ outcome: came, why }) => `${came} ${why}`))
}

/** Asks again every 250 ms until an answer comes; what does not connect is asked again too. Rejects when `signal` aborts. */
export async function insist<Answer>(
  question: () => Promise<Answer | null>,
  withinMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const until = performance.now() + withinMs
  for (;;) {
    const answer = await question().catch((error: unknown) => {
      signal.throwIfAborted()
      if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return null
      throw error
    })
    if (answer !== null) return answer
    if (performance.now() > until) throw new Error(`no answer came within ${withinMs / 1000} s`)
    await sleep(250, undefined, { signal })
  }
}
