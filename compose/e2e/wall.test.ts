import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestService } from './service.ts'

const servers: Server[] = []
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

let forbidden: number
let seen = 0
beforeAll(async () => {
  forbidden = await serve((_, response) => {
    seen++
    response.end('not for you')
  })
})

test('a site that redirects to a port out of scope gets no request made there', async () => {
  const redirecting = await serve((request, response) =>
    response.writeHead(302, { Location: `http://127.0.0.1:${forbidden}${request.url}` }).end(),
  )
  const service = await startTestService({ allow: [`127.0.0.1/32:${redirecting}`] })
  try {
    const { scan } = await service.scan([`http://127.0.0.1:${redirecting}`], { limits: { followRedirects: true } })
    expect(scan.progress.requests).toBeGreaterThan(0)
    expect(seen).toBe(0)
  } finally {
    await service.stop()
  }
})
