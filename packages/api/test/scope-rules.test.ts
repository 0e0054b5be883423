import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKey, testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { presets } from '../src/request/permissions.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi({ operatorRules: [] })
})
afterAll(() => api.close())

type Rule = { id: string; pattern: string; expiresAt: string | null }
const allow = { effect: 'allow', pattern: 'App.Example.com:443', note: 'Jo, head of web, 23 Nov' }
const make = (change: object = {}, more = {}) =>
  api.send<Rule & ProblemBody>('POST', '/v1/scope-rules', { body: { ...allow, ...change }, ...more })
const order = async () => {
  const body = { targets: ['https://app.example.com'] }
  return (await api.send<ProblemBody>('POST', '/v1/scans', { body })).status
}

test('a rule opens scope from the moment it is made until it is deleted, and both are audited', async () => {
  expect(await order()).toBe(422)
  const made = await make()
  expect([made.status, made.headers.get('Location')]).toEqual([201, `/v1/scope-rules/${made.body.id}`])
  expect(made.body).toMatchObject({
    effect: 'allow',
    pattern: 'app.example.com:443',
    note: allow.note,
    expiresAt: null,
    createdBy: { kind: 'key', id: expect.stringMatching(/^key_/) },
  })
  expect(await order()).toBe(202)
  const shown = await api.send<Rule>('GET', `/v1/scope-rules/${made.body.id}`)
  expect(shown.body).toEqual(made.body)
  const gone = await api.send('DELETE', `/v1/scope-rules/${made.body.id}`)
  expect([gone.status, gone.body]).toEqual([204, null])
  expect(await order()).toBe(422)
  expect((await api.send('DELETE', `/v1/scope-rules/${made.body.id}`)).status).toBe(404)
  const audits = await api.db.sql`
    select action from audit_events where action like 'scope-rule.%' order by created_at`
  expect(audits.map((row) => row['action'])).toEqual(['scope-rule.created', 'scope-rule.deleted'])
})

test('an expired rule opens nothing, and the refusal says so', async () => {
  const { body } = await make({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
  expect(await order()).toBe(202)
  await api.db.sql`update scope_rules set expires_at = now() - interval '1 second'`
  const refused = await api.send<ProblemBody>('POST', '/v1/scans', { body: { targets: ['https://app.example.com'] } })
  expect(refused.body.errors).toMatchObject([{ code: 'expired' }])
  await api.send('DELETE', `/v1/scope-rules/${body.id}`)
})

test('a deny rule wins over allow rules', async () => {
  await make({ pattern: '*.example.com' })
  expect(await order()).toBe(202)
  await make({ effect: 'deny', pattern: 'app.example.com' })
  expect(await order()).toBe(422)
})

test.each([
  ['everything', '*'],
  ['a public suffix', '*.co.uk'],
  ['a network wider than /16', '8.0.0.0/8'],
  ['a v6 network wider than /32', '[2a00::]/16'],
  ['a private network', '10.1.0.0/16'],
  ['loopback', 'localhost'],
  ['metadata', '169.254.169.254:80'],
])('an allow rule for %s is only for the operator', async (_, pattern) => {
  const { status, body } = await make({ pattern })
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'scope-rule-not-permitted', '/pattern'])
})

test('a deny rule may be as wide as it likes', async () => {
  const { status, body } = await make({ effect: 'deny', pattern: '10.0.0.0/8' })
  expect([status, body.pattern]).toEqual([201, '10.0.0.0/8'])
  await api.send('DELETE', `/v1/scope-rules/${body.id}`)
})

test.each([
  ['a pattern that is none', { pattern: 'http://x' }, '/pattern'],
  ['no note', { note: '  ' }, '/note'],
  ['another effect', { effect: 'maybe' }, '/effect'],
  ['a time in the past', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
  ['a day without time', { expiresAt: '2099-01-01' }, '/expiresAt'],
  ['no such day', { expiresAt: '2099-13-41T00:00:00Z' }, '/expiresAt'],
  ['an unknown field', { origin: 'operator' }, '/origin'],
])('%s is refused with its pointer', async (_, change, pointer) => {
  const { status, body } = await make(change)
  expect([status, body.code, body.errors?.map((error) => error.pointer)]).toEqual([422, 'invalid-input', [pointer]])
})

test('the same idempotency key makes one rule and one audit event', async () => {
  const headers = { 'Idempotency-Key': 'rule-1' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => make({ pattern: 'one.example.com' }, { headers })))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  expect(answers.filter((answer) => answer.headers.get('Idempotency-Replayed') === null)).toHaveLength(1)
  const rows = await api.db.sql`select from scope_rules where pattern = 'one.example.com'`
  const audits = await api.db.sql`select from audit_events where detail->>'pattern' = 'one.example.com'`
  expect([rows.length, audits.length]).toEqual([1, 1])
})

test('only an admin makes rules; an operator reads them', async () => {
  const operator = await addKey(api.db, api.db.workspaceId, presets.operator)
  expect((await make({}, { key: operator })).body.code).toBe('permission-missing')
  const { body } = await api.send<{ data: Rule[]; nextCursor: string }>('GET', '/v1/scope-rules?limit=1', {
    key: operator,
  })
  expect(body.data).toHaveLength(1)
  const next = await api.send<{ data: Rule[] }>('GET', `/v1/scope-rules?cursor=${body.nextCursor}`, { key: operator })
  expect(next.body.data.map(({ id }) => id)).not.toContain(body.data[0]?.id)
})
