import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../local/free-port.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

let service: TestService
const open = new Set<Socket>()
const mute = createServer((socket) => void open.add(socket.on('error', () => {}).resume()))
beforeAll(async () => {
  mute.listen(0, '127.0.0.1')
  await once(mute, 'listening')
  service = await startTestService({ allow: ['127.0.0.1/32'] })
})
afterAll(async () => {
  await service.stop()
  for (const socket of open) socket.destroy()
  mute.close()
})
const templates = { ids: ['assayer-git-config', 'assayer-env-file'] }
const limits = { timeoutSeconds: 1, retries: 0 }

test('a target that refuses connections never ends completed', async () => {
  const { scan } = await service.scan([`http://127.0.0.1:${await freePort()}`], { templates, limits })
  expect(scan).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' }, coverage: { unreachable: 1 } })
})

test('a target that accepts and never answers never ends completed', async () => {
  const { scan } = await service.scan([`http://127.0.0.1:${(mute.address() as AddressInfo).port}`], {
    templates,
    limits,
  })
  expect(scan).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' }, coverage: { unreachable: 1 } })
})
