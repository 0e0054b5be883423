import { createSealer, formatId, parseId, triggerPlace } from '@assayer/schema'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from '../src/app.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { signers } from './sign-delivery.ts'
import type { SignedKind } from './sign-delivery.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
beforeEach(async () => {
  await api.db.sql`delete from scans`
  await api.db.sql`truncate triggers, audit_events cascade`
})
afterAll(() => api.close())

type Made = { id: string; secret: string }
type Scan = { id: string; labels: object; createdBy: object; scanId?: string; deleted?: boolean } & ProblemBody
const url = '/deployment_status/environment_url'
const order = { targets: [{ fromPayload: url }], labels: { from: 'hook' } }
async function make(kind: SignedKind, change: object = {}): Promise<Made> {
  const { body } = await api.send<Made>('POST', '/v1/triggers', { body: { name: kind, kind, order, ...change } })
  return body
}
const payload = (more: object = {}) => ({
  object_kind: 'deployment',
  deployment_status: { environment_url: 'https://app.example.com/', state: 'success', environment: 'production' },
  deployment: { ref: 'main' },
  ...more,
})
const seconds = () => Math.floor(Date.now() / 1000)
type Change = {
  id?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  at?: number
  secret?: string
}
function deliver(kind: SignedKind, trigger: Made, value: unknown = payload(), change: Change = {}) {
  const raw = change.body ?? JSON.stringify(value)
  const signed = signers[kind](change.secret ?? trigger.secret, raw, change.id ?? 'delivery-1', change.at ?? seconds())
  return api.send<Scan>('POST', `/hooks/${trigger.id}`, { key: null, raw, headers: { ...signed, ...change.headers } })
}
const scans = () => api.db.sql`select from scans`
const refusals = async () =>
  (
    await api.db.sql<{ code: string }[]>`
    select detail->>'code' as code from audit_events where action = 'trigger.refused' order by id`
  ).map(({ code }) => code)

test.each(Object.keys(signers) as SignedKind[])(
  '%s: a delivery orders one scan, and the same again gets it',
  async (kind) => {
    const trigger = await make(kind)
    const rings = api.rings()
    const first = await deliver(kind, trigger)
    expect([first.status, first.headers.get('Location')]).toEqual([202, `/v1/scans/${first.body.id}`])
    expect(first.body).toMatchObject({ labels: order.labels, createdBy: { kind: 'trigger', id: trigger.id } })
    expect(api.rings()).toBe(rings + 1)
    const targets = await api.send<{ data: { target: string }[] }>('GET', `/v1/scans/${first.body.id}/targets`)
    expect(JSON.stringify(targets.body)).toContain('app.example.com')
    const again = await deliver(kind, trigger)
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    const next = await deliver(kind, trigger, payload(), { id: 'delivery-2' })
    expect([next.status, next.body.id === first.body.id]).toEqual([202, false])
    expect(await scans()).toHaveLength(2)
  },
)

test.each([[{ repository: { full_name: 'owner/name' } }], [{}]])(
  'a delivery with %j orders its scan, whose commit is kept where it names one',
  async (more) => {
    const [sha, answer] = ['c0ffee'.repeat(7).slice(0, 40), { kind: 'github', token: 'a-token-of-a-forge' }]
    const trigger = await make('github', { answer })
    const value = payload({ deployment: { sha, ref: 'refs/heads/main' }, ...more })
    expect((await deliver('github', trigger, value)).status).toBe(202)
    const commit = { place: 'owner/name', sha, context: 'assayer/github', ref: 'refs/heads/main' }
    expect(await api.db.sql`select commit, commit is null as none from trigger_deliveries`).toEqual([
      'repository' in more ? { commit, none: false } : { commit: null, none: true },
    ])
  },
)

test('a known delivery is answered when scope has changed since, and after its scan was deleted', async () => {
  const trigger = await make('hmac', { order: { targets: ['https://known.example.com'] } })
  const { body } = await deliver('hmac', trigger)
  const closed = createApp({ ...api.deps, operatorRules: [] })
  const raw = '{}'
  const headers = { ...signers.hmac(trigger.secret, raw, 'delivery-1', seconds()), 'Content-Type': 'application/json' }
  const init = { method: 'POST', headers, body: raw }
  expect((await closed.request(`/hooks/${trigger.id}`, init)).status).toBe(200)
  await api.db.sql`update scans set state = 'completed', finished_at = now()`
  await api.send('DELETE', `/v1/scans/${body.id}`)
  const after = await deliver('hmac', trigger)
  expect([after.status, after.body]).toEqual([200, { scanId: body.id, deleted: true }])
})

test('the same delivery twenty times at once orders one scan', async () => {
  const trigger = await make('standard')
  const answers = await Promise.all(Array.from({ length: 20 }, () => deliver('standard', trigger)))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    ...Array.from({ length: 19 }, () => 200),
    202,
  ])
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(await scans()).toHaveLength(1)
})

test('what is not signed by a live secret is 401 and leaves an audit event, ten a minute at most', async () => {
  const trigger = await make('hmac')
  const wrong: Change[] = [
    { secret: 'x'.repeat(64) },
    { at: seconds() - 400 },
    { at: seconds() + 400 },
    { headers: { 'X-Assayer-Signature': '' } },
    { headers: { 'X-Assayer-Signature': 't=1,v1=00, t=1,v1=00' } },
  ]
  for (const change of wrong) {
    const { status, body, headers } = await deliver('hmac', trigger, payload(), change)
    expect([status, body.code, body.detail, body.errors]).toEqual([401, 'signature-invalid', undefined, undefined])
    expect(headers.get('WWW-Authenticate')).toBe('Signature')
  }
  const signed = signers.hmac(trigger.secret, '{"a":1}', 'delivery-1', seconds())
  const reencoded = await deliver('hmac', trigger, payload(), { body: '{"a": 1}', headers: signed })
  expect(reencoded.status).toBe(401)
  expect(await refusals()).toHaveLength(6)
  for (let n = 0; n < 20; n++) await deliver('hmac', trigger, payload(), { secret: 'x'.repeat(64) })
  expect(await refusals()).toHaveLength(10)
  expect(await scans()).toHaveLength(0)
})

test('two secrets count during a rotation, and only the new one afterwards', async () => {
  const trigger = await make('github')
  const at = `/v1/triggers/${trigger.id}/rotate-secret`
  const { body } = await api.send<Made>('POST', at, { body: { overlapSeconds: 600 } })
  expect((await deliver('github', trigger, payload(), { id: 'a' })).status).toBe(202)
  expect((await deliver('github', trigger, payload(), { id: 'b', secret: body.secret })).status).toBe(202)
  await api.db.sql`update triggers set previous_secret_until = now()`
  expect((await deliver('github', trigger, payload(), { id: 'c' })).status).toBe(401)
  expect((await deliver('github', trigger, payload(), { id: 'd', secret: body.secret })).status).toBe(202)
})

test('a secret that SECRETS_KEY does not open stops its own trigger, says so in the log, and is renewed by a rotation', async () => {
  const [trigger, other] = [await make('hmac'), await make('standard')]
  const uuid = parseId('trigger', trigger.id) ?? ''
  const lost = await createSealer(new Uint8Array(32).fill(8))
  await api.db.sql`
    update triggers set secret_sealed = ${await lost.seal(trigger.secret, triggerPlace(uuid))} where id = ${uuid}`
  const error = vi.spyOn(api.deps.log, 'error').mockImplementation(() => {})
  const refused = await deliver('hmac', trigger)
  const said = error.mock.calls.map(([about]) => (about as { err?: Error }).err)
  error.mockRestore()
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([500, 'internal', undefined])
  expect(said).toMatchObject([
    {
      message: expect.stringContaining(trigger.id) as string,
      cause: { message: expect.stringContaining('SECRETS_KEY') as string },
    },
  ])
  expect((await deliver('standard', other)).status).toBe(202)
  const { body } = await api.send<Made>('POST', `/v1/triggers/${trigger.id}/rotate-secret`)
  expect((await deliver('hmac', trigger, payload(), { secret: body.secret })).status).toBe(202)
  expect((await deliver('hmac', trigger, payload(), { id: 'delivery-2' })).status).toBe(401)
})

test.each([
  ['2 MiB', { body: 'x'.repeat(2_097_152) }, 413, 'body-too-large'],
  ['another type', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported-media-type'],
  ['no UTF-8', { body: Uint8Array.of(0x22, 0xff, 0x22) }, 400, 'malformed-json'],
  ['no JSON', { body: 'push' }, 400, 'malformed-json'],
  ['no delivery id', { headers: { 'X-Assayer-Delivery': 'a b' } }, 400, 'malformed-request'],
] as const)('%s is refused, and nothing is stored but an audit event', async (_, change, status, code) => {
  const trigger = await make('hmac')
  const answer = await deliver('hmac', trigger, payload(), change)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect([await refusals(), await scans()]).toEqual([[code], []])
  expect(await api.db.sql`select from trigger_deliveries`).toHaveLength(0)
})

test.each([
  ['outside scope', { environment_url: 'https://other.example.org/' }, 'target-out-of-scope'],
  ['no target', { environment_url: 'gopher://app.example.com' }, 'target-invalid'],
  ['no text', { environment_url: 1 }, 'target-invalid'],
  ['nothing', {}, 'target-invalid'],
  [
    "a stored target's id",
    { environment_url: formatId('target', '01890a5d-ac96-774b-bcce-b302099a8057') },
    'target-invalid',
  ],
])('a payload that points at %s is 422 without detail', async (_, status, code) => {
  const trigger = await make('hmac')
  const { status: answered, body } = await deliver('hmac', trigger, payload({ deployment_status: status }))
  expect([answered, body.code, body.detail, body.errors]).toEqual([422, code, undefined, undefined])
  expect([await refusals(), await scans()]).toEqual([[code], []])
  const later = await deliver('hmac', trigger)
  expect(later.status).toBe(202)
})

test('a disabled trigger is 404 to who can sign and 401 to others; a deleted or unknown one is 404', async () => {
  const trigger = await make('hmac', { enabled: false })
  expect((await deliver('hmac', trigger)).body.code).toBe('trigger-not-found')
  expect((await deliver('hmac', trigger, payload(), { secret: 'x'.repeat(64) })).body.code).toBe('signature-invalid')
  await api.send('DELETE', `/v1/triggers/${trigger.id}`)
  expect((await deliver('hmac', trigger)).status).toBe(404)
  expect((await deliver('hmac', { ...trigger, id: trigger.id.replace('trg', 'key') })).status).toBe(404)
})

test('a ping, and what the filters leave out, is 204 and no scan', async () => {
  const filters = { branches: ['main', 'release/*'], environments: ['prod*'], states: ['success'] }
  const trigger = await make('github', { events: ['deployment_status'], filters })
  const statusOf = async (value: unknown, headers = {}) => (await deliver('github', trigger, value, { headers })).status
  expect(await statusOf({ zen: 'x' }, { 'X-GitHub-Event': 'ping' })).toBe(204)
  expect(await statusOf(payload(), { 'X-GitHub-Event': 'push' })).toBe(204)
  expect(await statusOf(payload({ deployment: { ref: 'topic' } }))).toBe(204)
  expect(await statusOf(payload({ deployment: {} }))).toBe(204)
  for (const change of [{ state: 'failure' }, { environment: 'staging' }])
    expect(await statusOf(payload({ deployment_status: { ...payload().deployment_status, ...change } }))).toBe(204)
  expect(await scans()).toHaveLength(0)
  expect(await statusOf(payload({ deployment: { ref: 'release/2' } }))).toBe(202)
})

test('a push counts by its branch, and the deletion of one orders nothing', async () => {
  const change = { filters: { branches: ['main'] }, order: { targets: ['https://app.example.com'] } }
  const github = await make('github', change)
  const push = async (value: object, id: string) =>
    (await deliver('github', github, value, { id, headers: { 'X-GitHub-Event': 'push' } })).status
  expect(await push({ ref: 'refs/heads/main', deleted: true }, 'a')).toBe(204)
  expect(await push({ ref: 'refs/tags/main' }, 'b')).toBe(204)
  expect(await push({ ref: 'refs/heads/main' }, 'c')).toBe(202)
  const gitlab = await make('gitlab', change)
  const hook = async (value: object, id: string) => (await deliver('gitlab', gitlab, value, { id })).status
  expect(await hook({ object_kind: 'push', ref: 'refs/heads/main', after: '0'.repeat(40) }, 'a')).toBe(204)
  expect(await hook({ object_kind: 'issue', ref: 'refs/heads/main' }, 'b')).toBe(204)
  expect(await hook({ object_kind: 'push', ref: 'refs/heads/main', after: 'a'.repeat(40) }, 'c')).toBe(202)
})

test('a trigger may order scans of its own workspace and is named in the audit log', async () => {
  const trigger = await make('hmac')
  await deliver('hmac', trigger)
  const [row] = await api.db.sql`select workspace_id, actor from audit_events where action = 'scan.ordered'`
  expect(row).toEqual({
    workspace_id: api.db.workspaceId,
    actor: { kind: 'trigger', id: parseId('trigger', trigger.id) },
  })
})
