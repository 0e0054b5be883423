import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApi } from '../../packages/api/test/helpers.ts'
import type { TestApi } from '../../packages/api/test/helpers.ts'
import { findPromtool } from '../local/promtool.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('promtool has nothing to say against the metrics', async ({ skip }) => {
  const promtool = await findPromtool(process.env)
  if (promtool === null) return skip('there is no promtool on PATH, and Debian gave none')
  await api.send('GET', '/v1/scans')
  const reply = await api.app.request('/metrics', { headers: { Authorization: `Bearer ${api.key.text}` } })
  const child = spawn(promtool, ['check', 'metrics'], { timeout: 60_000 })
  const ended = once(child, 'close')
  child.stdin.end(await reply.text())
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  expect([code, out, err]).toEqual([0, '', ''])
})
