import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { behindProxy, claimed } from './behind-proxy.ts'
import type { Front } from './behind-proxy.ts'
import type { Fault } from './faults.ts'
import { inspectContainers } from './inspect.ts'
import { slow } from './order.ts'
import type { Stack } from './stack.ts'

/** The stack behind compose.proxy.yaml with two API processes. */
export const proxy: Fault = {
  name: 'behind the proxy with two API processes',
  expected: 'TLS, gzip, ETags, limits and the client address hold, events come one by one, /metrics is closed',
  run: (stack, { signal }) =>
    behindProxy(stack, async (front) => [
      ...(await inspectContainers(stack, 'proxy', signal)),
      ...(await look(stack, front)),
    ]),
}

async function look(stack: Stack, { ask, gateway }: Front): Promise<string[]> {
  const wrong: string[] = []
  const expect = (holds: boolean, what: string) => void (holds || wrong.push(what))

  const plain = await ask('/openapi.json')
  const packed = await ask('/openapi.json', { headers: { 'Accept-Encoding': 'gzip' } })
  const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  expect(packed.headers['content-encoding'] === 'gzip' && sum(gunzipSync(packed.body)) === sum(plain.body), 'gzip')
  expect(packed.headers['x-cache'] === 'HIT', `the cache says ${String(packed.headers['x-cache'])}`)
  const known = await ask('/openapi.json', { headers: { 'If-None-Match': plain.headers.etag ?? '' } })
  expect(plain.headers.etag !== undefined && known.status === 304, `ETag ${plain.headers.etag}: ${known.status}`)
  const head = await ask('/v1/scans', { method: 'HEAD' })
  expect(head.status === 200 && head.body.length === 0, `HEAD: ${head.status}`)
  expect((await ask('/metrics')).status === 404, 'metrics are open')
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
  for (const bytes of [1_060_000, 3_000_000]) {
    const large = await ask('/v1/scans', { ...post, body: `"${'x'.repeat(bytes)}"` }).catch(() => ({ status: 413 }))
    expect(large.status === 413, `${bytes} bytes: ${large.status}`)
  }

  const made = await ask('/v1/scans', {
    ...post,
    body: JSON.stringify({ targets: [stack.site], ...slow }),
  })
  const { id } = JSON.parse(made.body.toString()) as { id: string }
  const events = await ask(`/v1/scans/${id}/events`, { headers: { Accept: 'text/event-stream' }, until: 'event:' })
  expect(made.status === 202 && events.status === 200, `order ${made.status}, events ${events.status}`)
  const shown = JSON.parse((await ask(`/v1/scans/${id}`)).body.toString()) as { state: string }
  expect(['queued', 'running'].includes(shown.state), `the first event came when the scan was ${shown.state}`)
  const audit = (await ask('/v1/audit-events?limit=50')).body.toString()
  // What the proxy saw: the engine's gateway, through which the port of this machine comes; never what a client claims.
  const clients = [...new Set([...audit.matchAll(/"client":"([^"]*)"/g)].map(([, client = '']) => client))]
  expect(clients.includes(gateway) && !clients.includes(claimed), `clients in the audit log: ${clients.join(', ')}`)
  const replies = await Promise.all(Array.from({ length: 40 }, () => ask('/v1/scans?limit=5')))
  expect(
    replies.every(({ status }) => status === 200),
    `lists: ${replies.map(({ status }) => status).join(' ')}`,
  )
  return wrong
}
