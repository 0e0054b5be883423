import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { parseId } from '@assayer/schema'
import { call } from '../../client/http.ts'
import { accept } from '../receivers.ts'
import type { Answer } from '../receivers.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { until } from '../watch.ts'
import type { World } from '../world.ts'

type Logged = { state: string; waitMs: number; log: { status: number | null; error: string | null }[] }

/** The only delivery of an endpoint, once so many of its tries are written down. */
async function tried({ sql }: World, endpointId: string, tries: number): Promise<Logged> {
  return await until(`try ${tries} of ${endpointId}`, 60_000, async () => {
    const [row] = await sql<Logged[]>`
      select state, log, extract(epoch from due_at - now())::float8 * 1000 as "waitMs" from webhook_deliveries
      where endpoint_id = ${parseId('webhook-endpoint', endpointId)} and type = 'endpoint.test' and tries >= ${tries}`
    return row ?? null
  })
}

/** Lets the next try be due at once. */
const hurry = ({ sql }: World, endpointId: string) => sql`
  update webhook_deliveries set due_at = now() where endpoint_id = ${parseId('webhook-endpoint', endpointId)} and state = 'pending'`

/** A sample to a receiver that fails it once as `answer` does, and takes it at the next try; what was written down of the first. */
async function failOnce(world: World, answer: Answer): Promise<Logged> {
  const receiver = await world.receivers.open(answer)
  await receiver.test()
  const first = await tried(world, receiver.endpointId, 1)
  receiver.answer = accept
  if (first.state !== 'pending') return first
  await hurry(world, receiver.endpointId)
  await tried(world, receiver.endpointId, 2)
  world.tally.count('deliveries that failed at first')
  return first
}

const errorOf = ({ log }: Logged): string => log[0]?.error ?? `status ${log[0]?.status}`
const row = (id: string, title: string, expected: string, once: (world: World) => Promise<string[]>): Row => ({
  id,
  title,
  expected,
  world: { workers: 2, webhooks: true },
  times: { quick: 1, full: 5 },
  async run(world, _random, times) {
    const wrong: string[] = []
    for (let n = 0; n < times; n++) wrong.push(...(await once(world)))
    return wrong
  },
})

/** Begins a head and never ends it, a byte at a time. */
const trickle: Answer = ({ socket }) => {
  const head = 'HTTP/1.1 200 OK\r\nX-Slow: '
  let at = 0
  const timer = setInterval(() => socket?.write(head[at++] ?? 'a'), 1000)
  socket?.once('close', () => clearInterval(timer))
}
/** Sends the same for as long as the other side reads. */
const pour =
  (head: string, more: string): Answer =>
  ({ socket }) => {
    if (socket === null) return
    const fill = () => {
      while (!socket.destroyed && socket.write(more));
    }
    socket.on('error', () => {}).on('drain', fill)
    socket.write(head)
    fill()
  }

const h1 = row(
  'H1',
  'a receiver never answers, or a byte a second',
  '15 s in all for a try; other endpoints wait for nothing',
  async (world) => {
    let slow = 2
    const each = [() => {}, trickle].map((answer: Answer) => failOnce(world, answer).finally(() => slow--))
    const fast = await world.receivers.open(accept)
    await fast.test()
    await tried(world, fast.endpointId, 1)
    const early = slow === 2
    const ends = await Promise.all(each)
    return [
      ...(early ? [] : ['a delivery to a fast receiver waited for slow ones']),
      ...ends
        .filter((end) => !errorOf(end).startsWith('timed-out'))
        .map((end) => `a slow receiver reads: ${errorOf(end)}`),
    ]
  },
)

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (reply) =>
    void reply.writeHead(code, headers).end()

const h2 = row(
  'H2',
  'a receiver answers 500, 429, 410',
  'tried again by the schedule, as late as Retry-After asks, a day at most; 410 disables',
  async (world) => {
    const answers: [Answer, number, number][] = [
      [status(500), 0, 6000],
      [status(429, { 'Retry-After': '120' }), 60_000, 120_000],
      [status(503, { 'Retry-After': '864000' }), 80_000_000, 86_400_000],
    ]
    const waits = await Promise.all(answers.map(([answer]) => failOnce(world, answer)))
    const gone = await failOnce(world, status(410))
    return [
      ...waits.flatMap(({ waitMs, log }, at) => {
        const [, low, high] = answers[at] ?? [accept, 0, 0]
        return waitMs >= low && waitMs <= high
          ? []
          : [`after ${log[0]?.status} the next try was due in ${Math.round(waitMs)} ms`]
      }),
      ...(gone.state === 'dead' ? [] : [`what was answered with 410 is ${gone.state}`]),
    ]
  },
)

const h3 = row('H3', 'a receiver redirects to an address inside', 'not followed, a failure', async (world) => {
  let inside = 0
  const server = createServer((socket) => void (inside++, socket.destroy()))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const end = await failOnce(world, status(302, { Location: `http://127.0.0.1:${port}/latest` }))
  server.close()
  return [
    ...(inside === 0 ? [] : ['a redirect was followed']),
    ...(end.log[0]?.status === 302 && end.state === 'pending'
      ? []
      : [`a redirect reads ${end.state}: ${errorOf(end)}`]),
  ]
})

const h4 = row(
  'H4',
  "a receiver's name changes its address to one inside",
  'the address that is dialled is the one that was judged',
  async (world) => {
    const dialled = { allowed: 0, other: 0 }
    const allowed = createServer((socket) => void (dialled.allowed++, socket.destroy()))
    const other = createServer((socket) => void (dialled.other++, socket.destroy()))
    await once(allowed.listen(0, '127.0.0.1'), 'listening')
    const { port } = allowed.address() as AddressInfo
    await once(other.listen(port, '127.0.0.2'), 'listening')
    world.names.answer(['127.0.0.1', '127.0.0.2'])
    const { id } = await world.receivers.subscribe(`https://rebind.test:${port}/`)
    await world.receivers.test(id)
    await tried(world, id, 1)
    await hurry(world, id)
    const { log } = await tried(world, id, 2)
    const [service] = world.services()
    if (service) await call(service, `/v1/webhook-endpoints/${id}`, { method: 'DELETE' })
    for (const server of [allowed, other]) server.close()
    return [
      ...(dialled.allowed > 0 ? [] : ['the address that is allowed was not dialled']),
      ...(dialled.other === 0 ? [] : ['an address inside was dialled']),
      ...(log[1]?.error?.startsWith('not-permitted') ? [] : [`the second try reads ${log[1]?.error}`]),
    ]
  },
)

const h5 = row(
  'H5',
  'a receiver answers with a huge body, a bomb, an endless head',
  'read no further than 1 KiB, never unpacked; an endless head is a failure',
  async (world) => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'
    const filler = 'a'.repeat(16_384)
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    const [body, bomb, headers, switched] = await Promise.all([
      failOnce(world, pour(`${head}\r\n`, filler)),
      failOnce(world, pour(`${head}Content-Encoding: br\r\n\r\n`, filler)),
      failOnce(world, pour(head, `X-More: ${'a'.repeat(1000)}\r\n`)),
      failOnce(world, pour(upgrade, filler)),
    ])
    // What was cut off may still be closing.
    await pause(100)
    return [
      ...[body, bomb].filter(({ state }) => state !== 'delivered').map((end) => `a huge reply reads ${errorOf(end)}`),
      ...(headers.state === 'pending' ? [] : [`an endless head reads ${headers.state}`]),
      ...(switched.state === 'pending' ? [] : [`a switch of protocols reads ${switched.state}`]),
    ]
  },
)

/** What receivers do to a sender. */
export const receiverRows: Row[] = [h1, h2, h3, h4, h5]
