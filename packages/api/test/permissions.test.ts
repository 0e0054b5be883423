import { createLog } from '@assayer/schema'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { requestDurations } from '../src/metrics/request-duration.ts'
import { openRoutes, presets, routeTable } from '../src/request/permissions.ts'

const app = createApp({ log: createLog('api', 'silent'), durations: requestDurations(), publicUrl: '' } as Deps)

test('each route of the app is in the permission table or open to all, and nothing else is', () => {
  const served = app.routes.map(({ method, path }) => `${method} ${path}`)
  expect(served.toSorted()).toEqual([...Object.keys(routeTable), ...openRoutes].toSorted())
})

test.each(Object.keys(routeTable))('%s answers nobody without a key', async (name) => {
  const [method = '', path = ''] = name.split(' ')
  const response = await app.request(path.replace(':id', 'x'), { method })
  expect(response.status).toBe(401)
})

test('the presets are those of the contract', () => {
  expect(presets.reader).not.toContain('evidence:read')
  expect(presets.reader.every((permission) => permission.endsWith(':read'))).toBe(true)
  expect(presets.operator).toContain('scans:write')
  expect(presets.operator).not.toContain('scope-rules:write')
  expect(presets.admin).toHaveLength(26)
})
