import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@assayer/schema'
import { claimValidation, endValidation } from '@assayer/schema/store'
import type { ValidationOutcome } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { presets } from '../src/request/permissions.ts'
import { addKey, foreignKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'

let api: TestApi
let stopping = false
let worker: Promise<void>
/** What a worker says of a text, unless there is none. */
let say: (source: string) => ValidationOutcome
const valid = (source: string): ValidationOutcome => ({
  ...{ ok: true, digest: `sha256:${Buffer.from(source.padEnd(32, 'x')).toString('hex').slice(0, 64)}` },
  ...{ templateId: source, title: 'T', severity: 'low', protocol: 'http', tags: ['own'], requests: 2 },
})
beforeAll(async () => {
  api = await testApi()
  say = valid
  worker = (async () => {
    while (!stopping) {
      const claim = await claimValidation(api.db.sql, { id: newId(), leaseMs: 3000 })
      if (claim) await endValidation(api.db.sql, claim, say(claim.source))
      else await sleep(10)
    }
  })()
})
afterAll(async () => {
  stopping = true
  await worker
  await api.close()
})

type Template = {
  id: string
  name: string
  source: string
  templateId: string
  digest: string
  updatedAt: string | null
}
type Shown = Template & ProblemBody
const make = (body: object, more = {}) => api.send<Shown>('POST', '/v1/custom-templates', { body, ...more })
const audits = async (id: string) => {
  const uuid = await api.db.sql`select action from audit_events where subject = ${id} order by created_at`
  return uuid.map((row) => row['action'])
}
const uuidOf = async (name: string) =>
  (await api.db.sql`select id from custom_templates where name = ${name}`)[0]?.['id'] as string

test('a template is made, shown, listed, changed and deleted, each told in the audit trail', async () => {
  const made = await make({ name: 'one', source: 'first-one' })
  expect([made.status, made.headers.get('Location')]).toEqual([201, `/v1/custom-templates/${made.body.id}`])
  expect(made.body).toMatchObject({
    name: 'one',
    templateId: 'first-one',
    source: 'first-one',
    updatedAt: null,
    requests: 2,
  })
  const path = `/v1/custom-templates/${made.body.id}`
  const shown = await api.send<Shown>('GET', path)
  expect(shown.body).toEqual(made.body)
  const etag = shown.headers.get('ETag') ?? ''
  expect((await api.send('GET', path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  const { body: list } = await api.send<{ data: Record<string, unknown>[] }>('GET', '/v1/custom-templates')
  expect(list.data).toMatchObject([{ id: made.body.id }])
  expect(list.data[0]).not.toHaveProperty('source')
  const changed = await api.send<Shown>('PATCH', path, {
    body: { source: 'second-one' },
    headers: { 'If-Match': etag },
  })
  expect(changed.body).toMatchObject({ name: 'one', templateId: 'second-one', updatedAt: expect.any(String) })
  const late = await api.send<Shown>('PATCH', path, { body: { name: 'x' }, headers: { 'If-Match': etag } })
  expect([late.status, late.body.code]).toEqual([412, 'version-mismatch'])
  expect((await api.send('DELETE', path, { headers: { 'If-Match': etag } })).status).toBe(412)
  const uuid = await uuidOf('one')
  expect((await api.send('DELETE', path)).status).toBe(204)
  expect((await api.send<Shown>('GET', path)).body.code).toBe('custom-template-not-found')
  expect(await audits(uuid)).toEqual(['custom-template.created', 'custom-template.changed', 'custom-template.deleted'])
})

test.each(['template-invalid', 'template-not-permitted'] as const)(
  'what a worker refuses is 422 %s and not stored',
  async (code) => {
    say = () => ({ ok: false, code, message: 'the reason' })
    const { status, body } = await make({ name: 'refused', source: 'refused' })
    say = valid
    expect([status, body.code, body.detail]).toEqual([422, code, 'the reason'])
    expect(body.errors).toEqual([{ in: 'body', pointer: '/source', code, message: 'the reason' }])
    expect(await api.db.sql`select from custom_template_sources where source = 'refused'`).toHaveLength(0)
  },
)

test('a name, a template id and the id of an installed template are taken', async () => {
  await make({ name: 'taken', source: 'taken-id' })
  const name = await make({ name: 'taken', source: 'other-id' })
  expect([name.status, name.body.code, name.body.errors?.[0]?.pointer]).toEqual([409, 'name-taken', '/name'])
  const id = await make({ name: 'other', source: 'taken-id' })
  expect([id.status, id.body.code, id.body.errors?.[0]?.pointer]).toEqual([409, 'name-taken', '/source'])
  expect((await make({ name: 'other', source: 'first' })).body.code).toBe('name-taken')
})

test('the same idempotency key makes one template, and a taken name keeps no answer under its key', async () => {
  const headers = { 'Idempotency-Key': 'tpl-1' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => make({ name: 'once', source: 'once' }, { headers })),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  expect(answers.filter((answer) => answer.headers.get('Idempotency-Replayed') === null)).toHaveLength(1)
  const again = { 'Idempotency-Key': 'tpl-2' }
  expect((await make({ name: 'once', source: 'twice' }, { headers: again })).status).toBe(409)
  expect((await make({ name: 'once', source: 'twice' }, { headers: again })).body.code).toBe('name-taken')
})

test.each([
  ['no source', { name: 'a' }, '/source'],
  ['no name', { source: 'a' }, '/name'],
  ['a blank source', { name: 'a', source: ' \n' }, '/source'],
  ['a source of over 64 KiB in bytes', { name: 'a', source: 'é'.repeat(40_000) }, '/source'],
  ['an unknown field', { name: 'a', source: 'a', version: 2 }, '/version'],
])('%s is refused with its pointer', async (_, body, pointer) => {
  const answer = await make(body)
  expect([answer.status, answer.body.code, answer.body.errors?.map((error) => error.pointer)]).toEqual([
    422,
    'invalid-input',
    [pointer],
  ])
})

test('two processes: a template asked for at one is seen at the other', async () => {
  const other = createApp({ ...api.deps })
  const { body } = await make({ name: 'two', source: 'two' })
  const seen = await other.request(`/v1/custom-templates/${body.id}`, {
    headers: { Authorization: `Bearer ${api.key.text}` },
  })
  expect(await seen.json()).toEqual(body)
})

test('an order adds custom templates to the installed ones, and keeps their texts', async () => {
  const { body } = await make({ name: 'ordered', source: 'ordered-id' })
  const order = (templates: object) =>
    api.send<Shown & { templatesSelected: number; templates: object }>('POST', '/v1/scans', {
      body: { targets: ['https://example.com'], templates },
    })
  const scan = await order({ ids: ['first'], custom: [body.id] })
  expect(scan.body).toMatchObject({ templatesSelected: 2, templates: { ids: ['first'], custom: [body.id] } })
  const sets = await api.db.sql`
    select origin, template_ids as ids, source_digests as digests from template_sets where 'ordered-id' = any(template_ids)`
  expect(sets).toEqual([{ origin: 'custom', ids: ['ordered-id'], digests: [body.digest] }])
  expect((await order({ ids: ['nothing-installed'], custom: [body.id] })).body.templatesSelected).toBe(1)
  await api.send('DELETE', `/v1/custom-templates/${body.id}`)
  const gone = await order({ custom: [body.id] })
  expect([gone.status, gone.body.errors?.[0]?.pointer]).toEqual([422, '/templates/custom/0'])
})

test('only who may write makes templates, and those of another workspace are not there', async () => {
  const operator = await addKey(api.db, api.db.workspaceId, presets.operator)
  expect((await make({ name: 'a', source: 'a' }, { key: operator })).body.code).toBe('permission-missing')
  expect((await api.send('GET', '/v1/custom-templates', { key: operator })).status).toBe(200)
  const { body } = await make({ name: 'mine', source: 'mine' })
  const foreign = await foreignKey(api.db)
  for (const method of ['GET', 'DELETE', 'PATCH']) {
    const sent = { key: foreign, ...(method === 'PATCH' ? { body: { name: 'x' } } : {}) }
    expect((await api.send<Shown>(method, `/v1/custom-templates/${body.id}`, sent)).body.code).toBe(
      'custom-template-not-found',
    )
  }
  const order = { targets: ['https://example.com'], templates: { custom: [body.id] } }
  expect((await api.send('POST', '/v1/scans', { body: order, key: foreign })).status).toBe(422)
})

test('without a worker the answer is 503 after ten seconds, and nothing is left behind', async () => {
  stopping = true
  await worker
  const { status, body, headers } = await make({ name: 'none', source: 'none' })
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'no-worker', '5'])
  expect(await uuidOf('none')).toBeUndefined()
})

test('who waits for a worker while the process stops is told that it stops', async () => {
  let draining = false
  const ring = () => {
    draining = true
  }
  const app = createApp({ ...api.deps, ring, draining: () => draining })
  const headers = { Authorization: `Bearer ${api.key.text}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ name: 'stopped', source: 'stopped' })
  const answer = await app.request('/v1/custom-templates', { method: 'POST', headers, body })
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '2'])
  expect(await answer.json()).toMatchObject({ code: 'draining' })
})
