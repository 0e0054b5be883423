import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startNameServer } from '../local/name-server.ts'
import type { NameServer } from '../local/name-server.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

let names: NameServer
let allowed: Server
let other: Server
let seenAllowed = 0
let seenOther = 0
let service: TestService
let port: number
beforeAll(async () => {
  names = await startNameServer()
  allowed = createServer((_, response) => void (seenAllowed++, response.end('hello'))).listen(0, '127.0.0.1')
  await once(allowed, 'listening')
  port = (allowed.address() as AddressInfo).port
  other = createServer((_, response) => void (seenOther++, response.end('never'))).listen(port, '127.0.0.2')
  await once(other, 'listening')
  service = await startTestService({
    allow: [`rebind.test:${port}`, `127.0.0.1/32:${port}`],
    env: { RESOLVERS: names.address },
  })
})
afterAll(async () => {
  await service.stop()
  for (const server of [allowed, other]) {
    server.closeAllConnections()
    server.close()
  }
  names.stop()
})

const target = () => `http://rebind.test:${port}`

test('a name that resolves first to the allowed address and then to another gets no request made there', async () => {
  names.answer(['127.0.0.1', '127.0.0.1', '127.0.0.2'])
  const { scan } = await service.scan([target()])
  expect(scan.coverage.covered).toBe(1)
  expect(seenAllowed).toBeGreaterThan(0)
  expect(seenOther).toBe(0)
})

test('a name that resolves to another address once it is claimed is not dialled at all', async () => {
  seenAllowed = 0
  names.answer(['127.0.0.1', '127.0.0.2'])
  const { scan } = await service.scan([target()])
  expect(scan).toMatchObject({ state: 'failed', coverage: { covered: 0 } })
  expect([seenAllowed, seenOther]).toEqual([0, 0])
})
