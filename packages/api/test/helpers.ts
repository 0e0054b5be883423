import { createServer } from 'node:net'
import {
  createSealer,
  createLog,
  formatId,
  makeApiKey,
  newId,
  parseId,
  parseScopePattern,
  readApiKey,
  webSha256,
  receiverScope,
} from '@assayer/schema'
import type { ProblemError, ScopeRule } from '@assayer/schema'
import { ensureWorkspace } from '@assayer/schema/store'
import type { Hono } from 'hono'
import { installTestBundle, testDatabase } from '../../schema/test/testing.ts'
import type { TestDatabase } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { requestDurations } from '../src/metrics/request-duration.ts'
import { presets } from '../src/request/permissions.ts'
import { nonconformity } from './conform.ts'
import { brokenHabits } from './habits-of-answers.ts'

export type TestKey = { text: string; id: string; workspaceId: string }
export type ProblemBody = { code: string; status: number; detail?: string; requestId: string; errors?: ProblemError[] }
export type Sent = {
  body?: unknown
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  key?: TestKey | string | null
  headers?: Record<string, string>
}
type Reply<Body> = { status: number; headers: Headers; body: Body }

export type TestApi = {
  db: TestDatabase
  deps: Deps
  app: Hono
  key: TestKey
  rings: () => number
  /** Sends a request with the admin key and reads a JSON answer, which has to be as the OpenAPI document and the habits say. */
  send<Body = Record<string, unknown>>(method: string, path: string, sent?: Sent): Promise<Reply<Body>>
  close(): Promise<void>
}

/** An operator's rule. */
export function operatorRule(text: string, effect: 'allow' | 'deny' = 'allow'): ScopeRule {
  const parsed = parseScopePattern(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return { effect, pattern: parsed.pattern, origin: 'operator', expiresAt: null }
}

/** The app on a database of its own with the test bundle, an admin key, and example.com and its hosts in scope. */
export async function testApi(change: Partial<Deps> = {}): Promise<TestApi> {
  const db = await testDatabase()
  await installTestBundle(db.sql)
  const key = await addKey(db, db.workspaceId, presets.admin)
  let rings = 0
  const deps: Deps = {
    sql: db.sql,
    health: db.sql,
    sha256: webSha256,
    ring: () => {
      rings++
    },
    progress: { watch: () => () => {}, isUp: () => true },
    resolve: null,
    operatorRules: [operatorRule('*.example.com'), operatorRule('example.com')],
    own: [],
    receivers: receiverScope([], []),
    sealer: await createSealer(new Uint8Array(32).fill(7)),
    bootstrapKey: null,
    limits: null,
    defaultWorkspace: async () => db.workspaceId,
    publicUrl: '',
    log: createLog('api', 'silent'),
    durations: requestDurations(),
    draining: () => false,
    now: () => new Date(),
    ...change,
  }
  const app = createApp(deps)
  return {
    db,
    deps,
    app,
    key,
    rings: () => rings,
    send: (method, path, sent = {}) => send(app, method, path, { key, ...sent }),
    close: () => db.drop(),
  }
}

/** A key of a workspace, made the way the keys route will. */
export async function addKey(
  { sql }: TestDatabase,
  workspaceId: string,
  permissions: readonly string[],
  ends: { expiresAt?: Date; revokedAt?: Date } = {},
): Promise<TestKey> {
  const text = await makeApiKey(formatId('key', newId()).slice(4))
  const read = await readApiKey(text)
  const id = read && parseId('key', read.idText)
  if (read === null || id === null) throw new Error('a key just made cannot be read')
  await sql`
    insert into api_keys (workspace_id, id, name, permissions, secret_hash, expires_at, revoked_at)
    values (${workspaceId}, ${id}, 'test', ${[...permissions]}, ${read.secretHash}, ${ends.expiresAt ?? null},
      ${ends.revokedAt ?? null})`
  return { text, id, workspaceId }
}

/** An admin key of a second workspace. */
export async function foreignKey(db: TestDatabase): Promise<TestKey> {
  return await addKey(db, await ensureWorkspace(db.sql, 'other', newId()), presets.admin)
}

const bodyOf = (response: Response, text: string): unknown => {
  if (text === '') return null
  return response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text
}

async function send<Body>(app: Hono, method: string, path: string, sent: Sent): Promise<Reply<Body>> {
  const { key } = sent
  const headers = {
    ...(key == null ? {} : { Authorization: `Bearer ${typeof key === 'string' ? key : key.text}` }),
    ...(sent.body === undefined && sent.raw === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...sent.headers,
  }
  const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
  const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' as const }) }
  const response = await app.request(path, init)
  const text = await response.text()
  const { status, headers: answered } = response
  const wrong = [...nonconformity(method, path, status, answered, text), ...brokenHabits(path, status, answered, text)]
  if (wrong.length > 0) throw new Error(`${method} ${path} does not answer as the contract says: ${wrong.join('; ')}`)
  return { status: response.status, headers: response.headers, body: bodyOf(response, text) as Body }
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
