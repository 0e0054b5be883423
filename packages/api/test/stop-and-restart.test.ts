import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import { formatId } from '@assayer/schema'
import { finishShard, settleScan, shardTargets } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { startProcess } from './api-process.ts'
import type { ApiProcess } from './api-process.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { openEvents } from './read-events.ts'
import { claim, record } from './scan-data.ts'

vi.setConfig({ testTimeout: 120_000 })
let api: TestApi
const started: ApiProcess[] = []
beforeAll(async () => {
  api = await testApi()
})
afterAll(async () => {
  for (const one of started) {
    one.child.kill('SIGKILL')
    await one.ended
  }
  await api.close()
})

async function start(): Promise<{ process: ApiProcess; url: string }> {
  const env = { PORT: '0', DATABASE_URL: api.db.url, SCOPE_ALLOW: '192.0.2.1' }
  const process = startProcess({ ...env, RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'error' })
  started.push(process)
  return { process, url: await process.ready }
}

test('SIGTERM under load: readiness goes down first, and every request sent until then is answered', async () => {
  const { process, url } = await start()
  const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ targets: ['https://192.0.2.1'] })
  let ready = true
  const statuses: number[] = []
  const client = async () => {
    while (ready) {
      const answer = await fetch(`${url}/v1/scans`, { method: 'POST', headers, body })
      statuses.push(answer.status)
      await answer.arrayBuffer()
    }
  }
  const probe = async () => {
    for (;;) {
      const answer = await fetch(`${url}/readyz`)
      if (answer.status !== 200) return ((await answer.json()) as { code: string }).code
    }
  }
  const clients = Array.from({ length: 10 }, client)
  await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(50)
  process.child.kill('SIGTERM')
  expect(await probe()).toBe('draining')
  ready = false
  await Promise.all(clients)
  expect((await process.ended).status).toBe(0)
  expect(new Set(statuses)).toEqual(new Set([202]))
  const [row] = await api.db.sql<{ n: number }[]>`select count(*)::int as n from scans`
  expect(row?.n).toBe(statuses.length)
})

test('SIGTERM on kept connections: each request is answered, each client is told to close, and what was answered was done', async () => {
  const { process, url } = await start()
  const { hostname, port } = new URL(url)
  const authorization = { Authorization: `Bearer ${api.key.text}` }
  const agents: Agent[] = []
  type Told = { status: number; connection: string | undefined }
  const send = async (agent: Agent, method: string, path: string, more: Record<string, string>, body = '') =>
    await new Promise<Told>((resolve, reject) => {
      const headers = { ...authorization, ...more }
      const sent = request(new URL(path, url), { method, agent, headers }, (answer) => {
        const told = { status: answer.statusCode ?? 0, connection: answer.headers.connection }
        readAll(answer).then(() => resolve(told), reject)
      })
      sent.on('error', reject).end(body)
    })
  const keep = () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    agents.push(agent)
    return agent
  }
  const idle = connect(Number(port), hostname)
  const ended = readAll(idle)
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  const scanId = formatId('scan', await orderScan(api.db.sql, api.db.workspaceId))
  const waiting = send(keep(), 'GET', `/v1/scans/${scanId}`, { Prefer: 'wait=60' })
  const answers: Told[] = []
  const client = async (number: number) => {
    const agent = keep()
    for (let count = 0; ; count++) {
      const body = JSON.stringify({ name: `kept-${number}-${count}`, address: 'https://192.0.2.1', labels: {} })
      const told = await send(agent, 'POST', '/v1/targets', { 'Content-Type': 'application/json' }, body)
      answers.push(told)
      if (told.connection === 'close') return
    }
  }
  const clients = Array.from({ length: 40 }, (_, number) => client(number))
  await Promise.race([expect.poll(() => answers.length, { timeout: 20_000 }).toBeGreaterThan(200), ...clients])
  process.child.kill('SIGTERM')
  await Promise.all(clients)
  expect(await waiting).toEqual({ status: 200, connection: 'close' })
  expect(await ended).toMatch(/^HTTP\/1.1 200 /)
  expect((await process.ended).status).toBe(0)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(answers.filter(({ connection }) => connection === 'close')).toHaveLength(40)
  const [row] = await api.db.sql<{ n: number }[]>`select count(*)::int as n from targets where name like 'kept-%'`
  expect(row?.n).toBe(answers.length)
  for (const agent of agents) agent.destroy()
})

test('a reader comes back to another process after the last event it has, and gets each finding once', async () => {
  const { sql, workspaceId } = api.db
  await sql`update shards set state = 'held' where state = 'queued'`
  const scanId = await orderScan(sql, workspaceId)
  const shard = await claim(api.db)
  const id = formatId('scan', scanId)
  const readerOf = (url: string) => ({
    key: api.key,
    app: { request: async (path: string, init: RequestInit) => await fetch(url + path, init) } as TestApi['app'],
  })
  const first = await start()
  const stream = await openEvents(readerOf(first.url), id)
  await record(api.db, shard, 1, 3)
  const seen: (string | null)[] = []
  while (seen.length < 3) {
    const event = await stream.next()
    if (event?.event === 'finding') seen.push(event.id)
  }
  first.process.child.kill('SIGKILL')
  await expect(stream.rest()).rejects.toThrow()
  await record(api.db, shard, 4, 6)

  const second = await start()
  const resumed = await openEvents(readerOf(second.url), id, { lastId: seen.at(-1) ?? '' })
  const targets = await shardTargets(sql, shard)
  await finishShard(sql, shard, endOf(targets.map(({ ordinal }) => ordinal)))
  await settleScan(sql, workspaceId, scanId)
  const rest = await resumed.rest()
  seen.push(...rest.filter(({ event }) => event === 'finding').map((event) => event.id))
  expect(seen).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(rest.at(-1)).toMatchObject({ event: 'end' })
  expect((await openEvents(readerOf(second.url), id, { lastId: 'end' })).response.status).toBe(204)
})
