import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderScan } from '../../../schema/test/testing.ts'
import { createApp } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { serveApp } from '../../src/node/serve.ts'
import { testApi } from '../helpers.ts'
import type { TestApi } from '../helpers.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('a client that leaves while it waits is waited for no longer', async () => {
  const scanId = await orderScan(api.db.sql, api.db.workspaceId)
  let waiting = 0
  const watch: Deps['progress']['watch'] = () => {
    waiting++
    return () => {
      waiting--
    }
  }
  const app = createApp({ ...api.deps, progress: { watch, isUp: () => true } })
  const served = await serveApp(app, { host: '127.0.0.1', port: 0, publicUrl: '' })
  const leave = new AbortController()
  const headers = { Authorization: `Bearer ${api.key.text}`, Prefer: 'wait=60' }
  const answer = fetch(`${served.url}/v1/scans/${formatId('scan', scanId)}`, { headers, signal: leave.signal })
  await expect.poll(() => waiting).toBe(1)
  leave.abort()
  await expect(answer).rejects.toThrow('aborted')
  await expect.poll(() => waiting, { timeout: 10_000 }).toBe(0)
  await served.stop()
})
