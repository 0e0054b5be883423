import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defaultLimits, formatId, makeApiKey, newId } from '@assayer/schema'
import { acceptScan, connect, ensureWorkspace, installBundle } from '@assayer/schema/store'
import type { AcceptedScan, Sql } from '@assayer/schema/store'
import * as v from 'valibot'
import { freePort } from '../local/free-port.ts'
import type { OwnProcess } from '../local/own-process.ts'
import { bundles, Serving, sharedEnv, startService } from '../local/stack.ts'
import type { Parts } from '../local/stack.ts'
import { runShards } from './run-shards.ts'

const scansStored = 1000
const shardsOfScan = 2
const findingsOfShard = 10
const ceilings = fileURLToPath(new URL('ceilings.ts', import.meta.url))
const Ports = v.object({ hello: v.number(), oneQuery: v.number() })
const bundle = { digest: 'sha256:bench', nucleiVersion: '3.11.1' }

export type ApiWorld = {
  api: OwnProcess
  port: number
  hello: number
  oneQuery: number
  headers: { Authorization: string }
  scanId: string
  stop(): Promise<void>
}

/** The bundled API on a database with 1,000 ended scans and 20,000 findings, and the ceilings beside it on the same one. */
export async function startApiWorld(parts: Parts, signal: AbortSignal): Promise<ApiWorld> {
  const sql = connect(parts.postgres.url, { name: 'bench', max: 8 })
  const started: OwnProcess[] = []
  const stop = async () => {
    await Promise.all([...started.map((one) => one.stop()), sql.end({ timeout: 1 })])
  }
  try {
    const scanId = await seed(sql)
    const bootstrap = await makeApiKey(formatId('key', newId()).slice(4))
    const shared = {
      ...sharedEnv(parts, { PATH: process.env['PATH'] }),
      SCOPE_ALLOW: '127.0.0.0/8',
      RATE_LIMIT_PER_MINUTE: '0',
    }
    const env = { ...shared, HOST: '127.0.0.1', PORT: String(await freePort()), ASSAYER_BOOTSTRAP_KEY: bootstrap }
    const more = { signal, args: bundles.flags.api }
    const api = await startService('the API', bundles.api, env, Serving, more)
    started.push(api.process)
    const beside = await startService('the ceilings', ceilings, env, Ports, more)
    started.push(beside.process)
    const url = api.ready.ready
    return {
      api: api.process,
      port: Number(new URL(url).port),
      ...beside.ready,
      headers: { Authorization: `Bearer ${await makeKey(url, bootstrap)}` },
      scanId: formatId('scan', scanId),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A stored key: the bootstrap key costs no statement, which would flatter the API. */
async function makeKey(url: string, bootstrap: string): Promise<string> {
  const made = await fetch(`${url}/v1/keys`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bootstrap}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'bench', permissions: ['scans:read', 'scans:write'] }),
  })
  const { secret } = (await made.json()) as { secret?: string }
  if (secret === undefined) throw new Error(`no key was made: ${made.status}`)
  return secret
}

/** Stores the scans by the store's own statements; returns the id of one. */
async function seed(sql: Sql): Promise<string> {
  const workspaceId = await ensureWorkspace(sql, 'default', newId())
  const templates = Array.from({ length: 20 }, (_, n) => ({
    id: `template-${n}`,
    name: `Template number ${n}`,
    severity: 'info',
    protocol: 'http',
    tags: ['exposure'],
    requests: 4,
    origin: 'starter' as const,
  }))
  await installBundle(sql, bundle, templates)
  let last = ''
  for (let n = 0; n < scansStored; n += 50) {
    const orders = Array.from({ length: 50 }, () => orderOf(workspaceId, shardsOfScan))
    await Promise.all(orders.map((order) => acceptScan(sql, workspaceId, order)))
    last = orders.at(-1)?.scanId ?? last
  }
  const ended = await runShards(sql, 8, findingsOfShard)
  if (ended !== scansStored * shardsOfScan) throw new Error(`${ended} shards ended`)
  await sql`vacuum analyze`
  return last
}

/** An order of so many shards, each of one address of its own. */
export function orderOf(workspaceId: string, shards: number): AcceptedScan {
  const byte = () => 1 + Math.floor(Math.random() * 250)
  const hosts = Array.from({ length: shards }, () => `127.${byte()}.${byte()}.${byte()}`)
  return {
    workspaceId,
    scanId: newId(),
    profile: 'default',
    templates: {
      ids: [],
      tags: ['exposure'],
      severities: [],
      protocols: ['http'],
      excludeIds: [],
      excludeTags: ['dos'],
    },
    limits: defaultLimits,
    evidence: 'redacted',
    priority: 5,
    shardSize: 25,
    labels: { from: 'bench' },
    createdBy: { kind: 'key', id: newId() },
    bundle,
    templatesSelected: 20,
    targets: hosts.map((host) => ({ ordered: `http://${host}`, canonical: `http://${host}`, host, port: 80 })),
    templateSets: [{ origin: 'starter', ids: Array.from({ length: 20 }, (_, n) => `template-${n}`), requests: 80 }],
    shards: hosts.map((host, n) => ({ id: newId(), hosts: [host], templateSet: 0, targets: [n] })),
    rerunOf: null,
    requestId: null,
    traceparent: null,
    auditId: newId(),
    idempotency: null,
    delivery: null,
  }
}

/** Resident memory of a process in MiB: now, and the most it ever was. */
export async function residentMiB(pid: number): Promise<{ now: number; most: number }> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? Number.NaN) / 1024
  return { now: read('VmRSS'), most: read('VmHWM') }
}
