import { formatId } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeHome, rowsOf } from '../../schema/test/second-wall/home.ts'
import type { Home } from '../../schema/test/second-wall/home.ts'
import { presets, routeTable } from '../src/request/permissions.ts'
import type { Needs, RouteName } from '../src/request/permissions.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi, TestKey } from './helpers.ts'

let api: TestApi
let home: Home
let owner: TestKey
let foreign: TestKey
beforeAll(async () => {
  api = await testApi()
  home = await makeHome(api.db.sql)
  owner = await addKey(api.db, home.workspaceId, presets.admin)
  foreign = await foreignKey(api.db)
})
afterAll(() => api.close())

/** Something of home's behind each `/v1/<resource>/:id`. A new resource needs a row in `makeHome` and its id here. */
const rows: Record<string, (home: Home) => string> = {
  scans: ({ scanId }) => formatId('scan', scanId),
  findings: ({ findingId }) => formatId('finding', findingId),
  keys: ({ keyId }) => formatId('key', keyId),
  'scope-rules': ({ ruleId }) => formatId('scope-rule', ruleId),
  'custom-templates': ({ customTemplateId }) => formatId('custom-template', customTemplateId),
  targets: ({ targetId }) => formatId('target', targetId),
  'audit-events': ({ auditEventId }) => formatId('audit-event', auditEventId),
  profiles: ({ profileId }) => formatId('profile', profileId),
  'webhook-endpoints': ({ endpointId }) => formatId('webhook-endpoint', endpointId),
  'webhook-deliveries': ({ deliveryId }) => formatId('delivery', deliveryId),
  triggers: ({ triggerId }) => formatId('trigger', triggerId),
  templates: () => 'first',
}

/** What a route is sent beside `{}`, where that would be refused before anything is looked up. */
const bodies: Partial<Record<RouteName, (home: Home) => unknown>> = {
  'POST /v1/scans/delete': ({ scanId, endedId }) => ({ ids: [scanId, endedId].map((id) => formatId('scan', id)) }),
}

const queries: Partial<Record<RouteName, string>> = {
  'GET /v1/scans/:id/export': '?format=jsonl',
  'POST /v1/webhook-endpoints/:id/replay': '?since=2020-01-01T00:00:00Z',
}

/** Routes that show every workspace the same. */
const shared: readonly string[] = [
  'GET /v1/templates',
  'GET /v1/templates/:id',
  'GET /v1/system',
  'GET /metrics',
] satisfies RouteName[]

const routes = Object.entries<Needs>(routeTable)
const withId = routes.filter(([name]) => name.includes('/:'))

function pathOf(name: string): string {
  const path = name.slice(name.indexOf(' ') + 1)
  const resource = path.split('/')[2] ?? ''
  const row = rows[resource]
  if (path.includes(':') && !row)
    throw new Error(`no row of /v1/${resource} to ask for: add one to makeHome and to rows`)
  return path.replace(/:\w+/, () => row?.(home) ?? '') + (queries[name as RouteName] ?? '')
}

async function ask(name: string, key: TestKey, method = name.split(' ')[0] ?? '') {
  const accept = routeTable[name as RouteName].media
  const body = method === 'POST' || method === 'PATCH' || method === 'PUT'
  return await api.send<ProblemBody>(method, pathOf(name), {
    key,
    headers: accept === null ? {} : { Accept: accept },
    ...(body ? { body: bodies[name as RouteName]?.(home) ?? {} } : {}),
  })
}

const lacking = routes.flatMap(([name, { needs }]) => needs.map((permission) => [name, permission] as const))

test.each(lacking)('%s is refused without %s, which is named', async (name, permission) => {
  const before = await rowsOf(api.db.sql, home.workspaceId)
  const others = presets.admin.filter((one) => one !== permission)
  const key = await addKey(api.db, home.workspaceId, others)
  const { status, body } = await ask(name, key)
  expect([status, body.code, body.detail]).toEqual([403, 'permission-missing', `The key needs ${permission}`])
  await api.db.sql`delete from api_keys where id = ${key.id}`
  expect(await rowsOf(api.db.sql, home.workspaceId)).toEqual(before)
})

test.each(withId.filter(([name]) => !shared.includes(name)))('%s is 404 to a foreign key', async (name) => {
  const { status, body } = await ask(name, foreign)
  expect([status, body.code]).toEqual([404, expect.stringMatching(/^[a-z-]+-not-found$/)])
})

test.each(routes)('%s tells a foreign key nothing of home and changes nothing there', async (name) => {
  const before = await rowsOf(api.db.sql, home.workspaceId)
  const { body } = await ask(name, foreign)
  const { instance: _asked, ...told } = { instance: null, ...body }
  const ids = Object.values(rows).map((row) => row(home))
  const sent = JSON.stringify(bodies[name as RouteName]?.(home) ?? {})
  for (const id of ids) {
    if (!shared.includes(name) && !sent.includes(id)) expect(JSON.stringify(told)).not.toContain(id)
  }
  if (name === 'POST /v1/scans/delete') expect(JSON.stringify(told).match(/scan-not-found/g)).toHaveLength(2)
  expect(await rowsOf(api.db.sql, home.workspaceId)).toEqual(before)
})

test.each(routes.filter(([name]) => name.startsWith('GET ')))(
  '%s answers the key of home, also by HEAD',
  async (name) => {
    const { status } = await ask(name, owner, 'HEAD')
    expect(status).toBe(200)
  },
)
