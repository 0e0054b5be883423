import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { newId } from '../src/id.ts'
import { defaultLimits } from '../src/limits.ts'
import { setTimeouts } from '../src/migrate/set-timeouts.ts'
import { acceptScan, connect, ensureWorkspace, installBundle } from '../src/store/index.ts'
import type { AcceptedScan, Sql } from '../src/store/index.ts'

export type TestDatabase = {
  /** Straight to the server, whatever stands before it. */
  url: string
  /** As a service has it: through the pooler, where the runner started one. */
  sql: Sql
  /** What a service is told of this database. */
  env: Record<'DATABASE_URL' | 'DATABASE_SESSION_URL' | 'DATABASE_POOLED', string>
  workspaceId: string
  drop(): Promise<void>
}

const pooler = process.env['TEST_POOLER_URL']

/** A migrated database of its own for one test file, cloned from the template that the runner made. */
export async function testDatabase(): Promise<TestDatabase> {
  const base = process.env['TEST_DATABASE_URL']
  if (base === undefined) throw new Error('TEST_DATABASE_URL is missing: run the tests by `npx -y pnpm@12 test`')
  const admin = postgres(base, { max: 1, onnotice: () => {} })
  const name = `t_${randomBytes(6).toString('hex')}`
  await admin.unsafe(`create database ${name} template assayer_template`)
  const url = Object.assign(new URL(base), { pathname: `/${name}` }).href
  const service = pooler === undefined ? url : Object.assign(new URL(pooler), { pathname: `/${name}` }).href
  const sql = connect(service, { name: 'test', max: 12, prepare: pooler === undefined })
  // They belong to the database by its name: a clone has none.
  const setting = postgres(url, { max: 1, onnotice: () => {} })
  await setTimeouts(setting)
  await setting.end()
  const workspaceId = await ensureWorkspace(sql, 'test', newId())
  return {
    url,
    sql,
    env: { DATABASE_URL: service, DATABASE_SESSION_URL: url, DATABASE_POOLED: pooler === undefined ? '0' : '1' },
    workspaceId,
    async drop() {
      await sql.end({ timeout: 1 })
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end({ timeout: 1 })
    },
  }
}

export const testBundle = { digest: 'sha256:test', nucleiVersion: '3.11.1' }

export async function installTestBundle(sql: Sql): Promise<void> {
  await installBundle(sql, testBundle, [
    { id: 'first', name: 'First', severity: 'high', protocol: 'http', tags: ['panel'], requests: 2, origin: 'starter' },
    {
      id: 'second',
      name: 'Second',
      severity: 'info',
      protocol: 'tcp',
      tags: ['network', 'dos'],
      requests: 1,
      origin: 'starter',
    },
  ])
}

/** An order as accept takes it: `shards` shards of one host each, at which shards of no other order are. */
export function testOrder(workspaceId: string, shards = 1, change: Partial<AcceptedScan> = {}): AcceptedScan {
  const hosts = Array.from({ length: shards }, (_, n) => `h${n}.example.com`)
  const scanId = change.scanId ?? newId()
  return {
    workspaceId,
    scanId,
    profile: 'default',
    templates: { ids: [], tags: [], severities: [], protocols: [], excludeIds: [], excludeTags: [] },
    limits: defaultLimits,
    evidence: 'redacted',
    priority: 5,
    shardSize: 25,
    labels: {},
    createdBy: { kind: 'key', id: newId() },
    bundle: testBundle,
    templatesSelected: 1,
    targets: hosts.map((host) => ({ ordered: host, canonical: `https://${host}`, host, port: 443 })),
    templateSets: [{ origin: 'starter', ids: ['first'], requests: 2 }],
    shards: hosts.map((host, n) => ({
      id: newId(),
      hosts: [host.replace('.', `.${scanId}.`)],
      templateSet: 0,
      targets: [n],
    })),
    rerunOf: null,
    requestId: null,
    traceparent: null,
    auditId: newId(),
    idempotency: null,
    delivery: null,
    ...change,
  }
}

/** Accepts an order and returns its scan id. */
export async function orderScan(
  sql: Sql,
  workspaceId: string,
  shards = 1,
  change: Partial<AcceptedScan> = {},
): Promise<string> {
  const order = testOrder(workspaceId, shards, change)
  await acceptScan(sql, workspaceId, order)
  return order.scanId
}

let sessions = 0
/** Claims as a worker of this id would. */
export const asWorker = (id: string, change: { alone?: boolean; leaseMs?: number } = {}) => ({
  id,
  sessionKey: String(++sessions),
  leaseMs: 30_000,
  alone: true,
  ...change,
})

export const endOf = (targets: number[], change: Record<string, unknown> = {}) => ({
  state: 'completed' as const,
  reason: null,
  targets: targets.map((ordinal) => ({ ordinal, coverage: 'covered' as const, reason: null, evidence: {} })),
  requests: 2,
  errors: 0,
  templatesLoaded: 1,
  detail: {},
  ...change,
})
