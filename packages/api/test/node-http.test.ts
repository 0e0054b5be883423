import { connect as openSocket } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import { createLog, formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { serveApp } from '../src/node/serve.ts'
import type { Served } from '../src/node/serve.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'

let api: TestApi
let served: Served
const watched = new Set<string>()
const progress: Deps['progress'] = {
  watch(scanId) {
    watched.add(scanId)
    return () => watched.delete(scanId)
  },
  isUp: () => true,
}
beforeAll(async () => {
  api = await testApi()
  const app = createApp({ ...api.deps, progress })
  served = await serveApp(app, { host: '127.0.0.1', port: 0, publicUrl: '' })
})
afterAll(async () => {
  await served.stop()
  await api.close()
})

/** Sends these bytes and reads until the server closes. */
async function raw(bytes: string): Promise<{ head: string; problem: Record<string, unknown> }> {
  const socket = openSocket(served.port, '127.0.0.1')
  socket.write(bytes)
  const answer = await readAll(socket)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { head, problem: JSON.parse(body) as Record<string, unknown> }
}
const auth = () => `Authorization: Bearer ${api.key.text}\r\n`

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed-request'],
  [
    'headers over 16 KiB',
    `GET /v1/scans HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
  ['a URI over 16 KiB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414, 'uri-too-long'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'malformed-request',
  ],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'malformed-request'],
  ['a second host', 'GET /healthz HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n', 400, 'malformed-request'],
  [
    'an address of other bytes than ASCII',
    'GET /healthz?q=\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    'malformed-request',
  ],
  ['another expectation', 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: foo\r\n\r\n', 400, 'malformed-request'],
  ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n', 405, 'method-not-allowed'],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
])('%s is answered as a problem', async (_, bytes, status, code) => {
  const { head, problem } = await raw(bytes)
  expect(head.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toMatch(/content-type: application\/problem\+json/i)
  expect(problem).toMatchObject({ status, code, requestId: expect.stringMatching(/^req_/) })
})

test('HTTP/1.0 without a host is answered, as some probes send it', async () => {
  const { head } = await raw('GET /healthz HTTP/1.0\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1.1 200 /)
})

test('a body is counted as it comes, whatever its sender announces', async () => {
  const head = `POST /v1/scans HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${auth()}`
  for (const sent of [0, 2_097_152]) {
    const announced = await raw(`${head}Content-Length: 2097152\r\n\r\n${' '.repeat(sent)}`)
    expect(announced.problem).toMatchObject({ code: 'body-too-large' })
  }
  const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
  const chunked = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(32)}0\r\n\r\n`)
  expect(chunked.problem).toMatchObject({ code: 'body-too-large' })
  const small = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`)
  expect(small.problem).toMatchObject({ code: 'invalid-input' })
})

test('orders, lists and an empty cancel work over a real connection', async () => {
  const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ targets: ['example.com'] })
  const ordered = await fetch(`${served.url}/v1/scans`, { method: 'POST', headers, body })
  expect(ordered.status).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  const { Authorization } = headers
  const cancelled = await fetch(`${served.url}/v1/scans/${id}/cancel`, { method: 'POST', headers: { Authorization } })
  expect(cancelled.status).toBe(202)
  const head = await fetch(`${served.url}/v1/scans`, { method: 'HEAD', headers })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a client that leaves an event stream is not followed any longer', async () => {
  const scanId = await orderScan(api.db.sql, api.db.workspaceId)
  const leave = new AbortController()
  const response = await fetch(`${served.url}/v1/scans/${formatId('scan', scanId)}/events`, {
    headers: { Authorization: `Bearer ${api.key.text}`, Accept: 'text/event-stream' },
    signal: leave.signal,
  })
  const reader = response.body?.getReader()
  await reader?.read()
  expect([...watched]).toEqual([scanId])
  leave.abort()
  await expect.poll(() => watched.size, { timeout: 5000 }).toBe(0)
})

test('a client that breaks off in the middle of its body is no error of ours', async () => {
  const errors: unknown[] = []
  const log = createLog('api', 'silent')
  log.error = (line: unknown) => errors.push(line)
  const answers: number[] = []
  log.info = (line: unknown) => answers.push((line as { status: number }).status)
  const other = await serveApp(createApp({ ...api.deps, log }), { host: '127.0.0.1', port: 0, publicUrl: '' })
  const socket = openSocket(other.port, '127.0.0.1')
  const head = `POST /v1/scans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${auth()}`
  socket.write(`${head}Content-Length: 1000\r\n\r\n{"targets":`)
  setTimeout(() => socket.destroy(), 50)
  await expect.poll(() => answers, { timeout: 5000 }).toEqual([400])
  expect(errors).toEqual([])
  await other.stop()
})
