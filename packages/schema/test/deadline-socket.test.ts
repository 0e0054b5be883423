import { once } from 'node:events'
import { connect as dial, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deadlineSocket } from '../src/database/deadline-socket.ts'
import { connect, isDatabaseAway } from '../src/store/index.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
const pairs = new Set<Socket>()
let swallow = false
const proxy = createServer((client) => {
  const { hostname, port } = new URL(db.url)
  const server = dial(Number(port), hostname)
  for (const socket of [client, server]) pairs.add(socket.on('error', () => {}))
  client.on('data', (chunk) => void (swallow || server.write(chunk)))
  server.on('data', (chunk) => void (swallow || client.write(chunk)))
  client.on('close', () => server.destroy())
})
beforeAll(async () => {
  db = await testDatabase()
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
})
afterAll(async () => {
  for (const socket of pairs) socket.destroy()
  proxy.close()
  await db.drop()
})

test('a query on a half-open connection fails at the deadline, and the next one works on a new connection', async () => {
  const url = Object.assign(new URL(db.url), { port: String((proxy.address() as AddressInfo).port) }).href
  const sql = connect(url, { name: 'test', max: 1, socket: deadlineSocket(500) })
  try {
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
    swallow = true
    const hung = await sql`select 2 as two`.catch((error: unknown) => error)
    expect(isDatabaseAway(hung)).toBe(true)
    swallow = false
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
  } finally {
    await sql.end({ timeout: 0 })
  }
})

test('a query sent in the same turn as a reset of its connection is settled, and the pool goes on', async () => {
  const url = Object.assign(new URL(db.url), { port: String((proxy.address() as AddressInfo).port) }).href
  const sql = connect(url, { name: 'test', max: 1, socket: deadlineSocket(5000) })
  try {
    await sql`select 1`
    const cut = sql`select pg_sleep(5)`.catch(() => sql`select 2`.catch(() => 'refused'))
    for (const socket of pairs) socket.resetAndDestroy()
    expect(await cut).toBeDefined()
    expect(await sql`select 3 as three`).toEqual([{ three: 3 }])
  } finally {
    await sql.end({ timeout: 0 })
  }
})

test('a server that does not accept is told as away, each time', async () => {
  const sql = connect('postgres://x@127.0.0.1:1/x', { name: 'test', max: 1, socket: deadlineSocket(500) })
  for (let tries = 0; tries < 3; tries++) {
    const refused = await sql`select 1`.catch((error: unknown) => error)
    expect(isDatabaseAway(refused)).toBe(true)
  }
  await sql.end({ timeout: 0 })
})

test('a server that accepts and hangs up is told as away, after one connect', async () => {
  let connects = 0
  const rude = createServer((socket) => void (connects++, socket.end())).listen(0, '127.0.0.1')
  await once(rude, 'listening')
  const url = `postgres://x@127.0.0.1:${(rude.address() as AddressInfo).port}/x`
  const sql = connect(url, { name: 'test', max: 1, socket: deadlineSocket(500) })
  const refused = await sql`select 1`.catch((error: unknown) => error)
  expect(isDatabaseAway(refused)).toBe(true)
  expect(connects).toBe(1)
  await sql.end({ timeout: 0 })
  rude.close()
})
