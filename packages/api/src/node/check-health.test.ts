import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { checkHealth } from './check-health.ts'

afterEach(() => void vi.restoreAllMocks())

test('an API is healthy where it says that it is ready, and the reason stands on stderr where not', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  let status = 200
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/readyz' ? status : 404
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const health = () => checkHealth({ HOST: '0.0.0.0', PORT: String(port) }, 0)
  expect(await health()).toBe(0)
  status = 503
  expect(await health()).toBe(1)
  expect(said).toHaveBeenLastCalledWith('not ready: it answers 503\n')
  server.close()
  await once(server, 'close')
  expect(await health()).toBe(1)
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('ECONNREFUSED'))
})

test('an API that is about to be ready is waited for', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    response.statusCode = ++asked < 3 ? 503 : 200
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await checkHealth({ PORT: String(port) }, 60_000)).toBe(0)
  expect(asked).toBe(3)
  server.close()
})
