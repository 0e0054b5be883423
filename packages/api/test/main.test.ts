import { formatId, makeApiKey, newId } from '@assayer/schema'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { installTestBundle, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { startProcess } from './api-process.ts'
import type { ApiProcess } from './api-process.ts'
import { freePort } from './helpers.ts'

let db: TestDatabase
let key: string
const started: ApiProcess[] = []
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
  key = await makeApiKey(formatId('key', newId()).slice(4))
})
afterEach(async () => {
  for (const one of started.splice(0)) {
    one.child.kill('SIGKILL')
    await one.ended
  }
})
afterAll(() => db.drop())

const start = (env: Record<string, string>): ApiProcess => {
  const one = startProcess({ PORT: '0', ...env })
  started.push(one)
  return one
}

test('bad variables are all named in one message, with status 2 and no stack', async () => {
  const bad = {
    DATABASE_URL: 'mysql://x',
    PORT: '99999',
    SCOPE_ALLOW: 'http://x',
    ASSAYER_BOOTSTRAP_KEY: 'hunter2',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'ftp://x',
    RESOLVERS: '1.1.1.1',
  }
  const { status, err, out } = await start(bad).ended
  expect([status, out]).toEqual([2, ''])
  for (const name of Object.keys(bad)) expect(err).toContain(`  ${name}: `)
  expect(err).not.toMatch(/hunter2|\n {4}at /)
})

test('a bootstrap key with a typing mistake is named, with status 2', async () => {
  const mistyped = key.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'))
  const { status, err } = await start({ ...db.env, ASSAYER_BOOTSTRAP_KEY: mistyped }).ended
  expect([status, err]).toEqual([2, expect.stringContaining('ASSAYER_BOOTSTRAP_KEY: has a wrong checksum')])
})

test('a taken port is one sentence and status 1', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { status, err } = await start({ ...db.env, PORT: port, LOG_LEVEL: 'error' }).ended
  other.close()
  expect([status, err]).toEqual([
    1,
    `Port ${port} on 127.0.0.1 is taken: stop what listens there, or set PORT to another one.\n`,
  ])
})

test('it serves, takes an order, says where it listens on one line, and SIGTERM ends its streams, answers who waits and ends it with status 0', async () => {
  const api = start({ ...db.env, ASSAYER_BOOTSTRAP_KEY: key, SCOPE_ALLOW: '127.0.0.1/32:8080' })
  const url = await api.ready
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'degraded' })
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ targets: ['http://127.0.0.1:8080'] })
  const ordered = await fetch(`${url}/v1/scans`, { method: 'POST', headers, body })
  expect(ordered.status).toBe(202)
  const { id } = (await ordered.json()) as { id: string }
  const own = JSON.stringify({ targets: [url] })
  const refused = await fetch(`${url}/v1/scans`, { method: 'POST', headers, body: own })
  expect(await refused.json()).toMatchObject({ errors: [{ code: 'own-address' }] })
  const stream = await fetch(`${url}/v1/scans/${id}/events`, { headers: { ...headers, Accept: 'text/event-stream' } })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('retry: 2000')
  const waited = fetch(`${url}/v1/scans/${id}`, { headers: { ...headers, Prefer: 'wait=60' } })
  api.child.kill('SIGTERM')
  expect((await waited).headers.get('Preference-Applied')).toBe('wait=60')
  let text = ''
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) text += read.value
  expect(text).not.toContain('event: end')
  const { status, out, err } = await api.ended
  expect([status, out]).toEqual([0, `${JSON.stringify({ ready: url })}\n`])
  expect(err).not.toMatch(/"level":50/)
})

test('it serves at once without PostgreSQL and with a Redis that is not there, and warns of Redis once', async () => {
  const away = await freePort()
  const api = start({ DATABASE_URL: `postgres://x@127.0.0.1:${away}/x`, REDIS_URL: `redis://127.0.0.1:${away}` })
  const url = await api.ready
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const readiness = await fetch(`${url}/readyz`)
  expect([readiness.status, readiness.headers.get('Retry-After')]).toEqual([503, '2'])
  await expect.poll(async () => (await fetch(`${url}/v1/scans`)).status).toBe(401)
  await expect.poll(api.said, { timeout: 10_000 }).toMatch(/"level":40.*Redis/)
  api.child.kill('SIGINT')
  const { status, err } = await api.ended
  expect([status, err.match(/"level":40.*Redis/g)?.length]).toEqual([0, 1])
})
