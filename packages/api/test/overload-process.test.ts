import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { startProcess } from './api-process.ts'
import type { ApiProcess } from './api-process.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, testApi } from './helpers.ts'
import type { TestApi, TestKey } from './helpers.ts'

vi.setConfig({ testTimeout: 120_000 })
const mib = 1024 ** 2
const linux = process.platform === 'linux'
/** Connections that the descriptors of this machine allow at both ends. */
const descriptors = linux
  ? Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1])
  : 4000
const many = Math.min(10_000, descriptors - 1000)
const told = many < 10_000 ? ' (this machine has descriptors for no more)' : ''

let api: TestApi
let one: ApiProcess
let url: URL
beforeAll(async () => {
  api = await testApi()
  const env = { PORT: '0', DATABASE_URL: api.db.url, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' }
  // As in the images.
  one = startProcess(env, ['--expose-gc', '--max-semi-space-size=4', '--heap-growing-percent=20'])
  url = new URL(await one.ready)
})
afterAll(async () => {
  one?.child.kill('SIGKILL')
  await one?.ended
  await api.close()
})

/** Bytes of a kind of memory of the API, by the kernel. */
function memory(kind: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${one.child.pid}/status`, 'utf8')
  return Number(new RegExp(`^${kind}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
}

type Answer = { status: number; retryAfter: string | undefined; text: string }
const ask = async (path: string, agent?: Agent): Promise<Answer> =>
  await new Promise((resolve, reject) => {
    const options = { headers: { Authorization: `Bearer ${api.key.text}` }, ...(agent ? { agent } : {}) }
    const sent = request(new URL(path, url), options, (response) => {
      const status = response.statusCode ?? 0
      readAll(response).then((text) => resolve({ status, retryAfter: response.headers['retry-after'], text }), reject)
    })
    sent.on('error', reject).end()
  })

const open = async (): Promise<Socket> =>
  await new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket))
    socket.once('error', reject)
  })

test.skipIf(!linux)('500 readers of events cost 64 MiB at most', async () => {
  const id = formatId('scan', await orderScan(api.db.sql, api.db.workspaceId))
  const agent = new Agent({ keepAlive: true, maxSockets: 600 })
  const follow = async (key: TestKey): Promise<() => void> =>
    await new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${key.text}`, Accept: 'text/event-stream' }
      const sent = request(new URL(`/v1/scans/${id}/events`, url), { headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`))
        let seen = ''
        response.on('data', (chunk: Buffer) => {
          seen = (seen + chunk.toString()).slice(-4096)
          if (seen.includes('event: scan')) resolve(() => sent.destroy())
        })
        response.on('error', () => {})
      })
      sent.on('error', reject).end()
    })
  const several = async (key: TestKey, count: number) =>
    await Promise.all(Array.from({ length: count }, () => follow(key)))
  for (const leave of await several(api.key, 20)) leave()
  const before = memory('VmRSS')
  const leaves: (() => void)[] = []
  // Half of what the others leave each.
  for (const share of [250, 125, 63, 31, 16, 8, 4, 2, 1]) {
    const key = await addKey(api.db, api.db.workspaceId, presets.reader)
    for (let left = share; left > 0; left -= 100) leaves.push(...(await several(key, Math.min(left, 100))))
  }
  for (let change = 0; change < 4; change++) {
    await api.db.sql`update shards set requests = requests + 1`
    expect((await ask('/healthz')).status).toBe(200)
  }
  const cost = memory('VmRSS') - before
  expect(leaves).toHaveLength(500)
  expect(cost / mib).toBeLessThan(64)
  for (const leave of leaves) leave()
})

test('ten times as many requests as can be under way: each is answered or shed, health throughout, memory within bounds', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 2560 })
  let done = false
  const load = Promise.all(Array.from({ length: 2560 }, () => ask('/v1/scans', agent))).finally(() => {
    done = true
  })
  const health = new Set<number>()
  do health.add((await ask('/healthz')).status)
  while (!done)
  const answers = await load
  agent.destroy()
  expect([...health]).toEqual([200])
  const shed = answers.filter(({ status }) => status === 503)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
  expect(shed.every(({ retryAfter, text }) => retryAfter === '1' && text.includes('"code":"overloaded"'))).toBe(true)
  if (linux) expect(memory('VmHWM') / mib).toBeLessThan(256)
})

test(`${many} open connections${told} take nothing from those who ask`, async () => {
  const idle: Socket[] = []
  try {
    while (idle.length < many - 100) idle.push(...(await Promise.all(Array.from({ length: 100 }, open))))
    expect((await ask('/v1/scans')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(200)
    if (linux) expect(memory('VmHWM') / mib).toBeLessThan(256)
  } finally {
    for (const socket of idle) socket.destroy()
  }
  expect((await ask('/v1/scans')).status).toBe(200)
})

test('headers that come too slowly are answered as a problem and their connections closed, while others are served', async () => {
  const slow = await Promise.all(Array.from({ length: 300 }, open))
  const endings = slow.map((socket) => {
    socket.on('error', () => {})
    socket.write('GET /v1/scans HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('x'), 500)
    return readAll(socket).finally(() => clearInterval(drip))
  })
  expect((await ask('/v1/scans')).status).toBe(200)
  const answers = new Set((await Promise.all(endings)).map((answer) => answer.split('\r\n')[0]))
  expect([...answers]).toEqual(['HTTP/1.1 400 Bad Request'])
  const [, body = ''] = (await endings[0])?.split('\r\n\r\n') ?? []
  expect(JSON.parse(body)).toMatchObject({ code: 'malformed-request', detail: 'The request did not arrive in time' })
})

test('bodies that do not come take nothing from those who ask, are told so after ten seconds, and their connections closed', async () => {
  const slow = await Promise.all(Array.from({ length: 300 }, open))
  const head = `POST /v1/targets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key.text}\r\nContent-Type: application/json\r\n`
  const endings = slow.map((socket) => {
    socket.on('error', () => {})
    socket.write(`${head}Content-Length: 1000\r\n\r\n{`)
    return readAll(socket)
  })
  for (let asked = 0; asked < 20; asked++) expect((await ask('/v1/scans')).status).toBe(200)
  const answers = (await Promise.all(endings)).map((answer) => answer.split('\r\n\r\n'))
  expect(new Set(answers.map(([first = '']) => first.split('\r\n')[0]))).toEqual(new Set(['HTTP/1.1 400 Bad Request']))
  const late = { code: 'malformed-request', detail: 'The body did not arrive in time' }
  expect(JSON.parse(answers[0]?.[1] ?? '')).toMatchObject(late)
})
