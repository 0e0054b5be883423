import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

/** A site that takes its time, so that a scan of it can be interrupted. */
const site = createServer((_, response) => void setTimeout(() => response.end('<html><body>hello</body></html>'), 150))
let service: TestService
let target: string
beforeAll(async () => {
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  target = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  service = await startTestService({ allow: ['127.0.0.1/32'], env: { TIME_FACTOR: '0.2' } })
})
afterAll(async () => {
  await service.stop()
  site.closeAllConnections()
  site.close()
})

test('a scan whose worker is killed in the middle is completed by another', async () => {
  const asked = once(site, 'request')
  const { id } = await service.order([target], { limits: { requestsPerSecond: 15 } })
  await asked
  process.kill(service.worker().pid, 'SIGKILL')
  await service.startWorker()
  const { state, coverage, findings } = await service.follow(id)
  expect(state).toBe('completed')
  expect(coverage).toMatchObject({ asked: 1, covered: 1 })
  expect(findings.unconfirmed).toBe(0)
  const attempts = await service.db.sql`select number, outcome from attempts order by number`
  expect(attempts.map(({ outcome }) => outcome as string)).toEqual(['lost', 'completed'])
})
