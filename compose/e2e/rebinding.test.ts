import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

/** A DNS server that answers every A question with the next address of a list, then with the last one for ever, TTL 0. */
const dns = createSocket('udp4')
let answers: string[] = []
dns.on('message', (question, { address, port }) => {
  const type = question.readUInt16BE(question.length - 4)
  const given = type === 1 ? (answers.length > 1 ? answers.shift() : answers[0]) : undefined
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(given === undefined ? 0 : 1, 6)
  header.writeUInt32BE(0, 8)
  const record = given === undefined ? [] : [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...given.split('.').map(Number)]
  dns.send(Buffer.concat([header, question.subarray(12), Buffer.from(record)]), port, address)
})

let allowed: Server
let other: Server
let seenAllowed = 0
let seenOther = 0
let service: TestService
let port: number
beforeAll(async () => {
  dns.bind(0, '127.0.0.1')
  await once(dns, 'listening')
  allowed = createServer((_, response) => void (seenAllowed++, response.end('hello'))).listen(0, '127.0.0.1')
  await once(allowed, 'listening')
  port = (allowed.address() as AddressInfo).port
  other = createServer((_, response) => void (seenOther++, response.end('never'))).listen(port, '127.0.0.2')
  await once(other, 'listening')
  const resolvers = `127.0.0.1:${dns.address().port}`
  service = await startTestService({
    allow: [`rebind.test:${port}`, `127.0.0.1/32:${port}`],
    env: { RESOLVERS: resolvers },
  })
})
afterAll(async () => {
  await service.stop()
  for (const server of [allowed, other]) {
    server.closeAllConnections()
    server.close()
  }
  dns.close()
})

const target = () => `http://rebind.test:${port}`

test('a name that resolves first to the allowed address and then to another gets no request made there', async () => {
  answers = ['127.0.0.1', '127.0.0.1', '127.0.0.2']
  const { scan } = await service.scan([target()])
  expect(scan.coverage.covered).toBe(1)
  expect(seenAllowed).toBeGreaterThan(0)
  expect(seenOther).toBe(0)
})

test('a name that resolves to another address once it is claimed is not dialled at all', async () => {
  seenAllowed = 0
  answers = ['127.0.0.1', '127.0.0.2']
  const { scan } = await service.scan([target()])
  expect(scan).toMatchObject({ state: 'failed', coverage: { covered: 0 } })
  expect([seenAllowed, seenOther]).toEqual([0, 0])
})
