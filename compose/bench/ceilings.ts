import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { deadlineSocket } from '@assayer/schema/database'
import { connect } from '@assayer/schema/store'
import { Hono } from 'hono'

/**
 * What this machine can do at most, served until it is stopped: node:http that says hello, and a bare Hono route that sends one
 * `select` over the same pool as the API's. Says its ports as a JSON line.
 */
const sql = connect(process.env['DATABASE_URL'] ?? '', { name: 'bench', max: 10, socket: deadlineSocket(12_000) })
const body = JSON.stringify({ hello: 'world' })
const hello = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body)
})
const app = new Hono()
app.get('/', async (c) => {
  const [row] = await sql`select 1 as one`
  return c.json(row ?? null)
})
const oneQuery = new Promise<number>((resolve) => {
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
})
await new Promise<void>((resolve) => hello.listen(0, '127.0.0.1', resolve))
const { port } = hello.address() as AddressInfo
console.log(JSON.stringify({ hello: port, oneQuery: await oneQuery }))
