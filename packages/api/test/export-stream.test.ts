import { readFile } from 'node:fs/promises'
import { formatId, makeApiKey, newId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { startProcess } from './api-process.ts'
import { freePort, testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { claim } from './scan-data.ts'

const count = 100_000

let api: TestApi
let scanId: string
beforeAll(async () => {
  api = await testApi()
  scanId = await seedMany(api, count)
})
afterAll(() => api.close())

const atOnce = 10_000

/** A completed scan with so many findings of about a kilobyte. */
async function seedMany({ db }: TestApi, count: number): Promise<string> {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId)
  const shard = await claim(db)
  for (let from = 1; from <= count; from += atOnce)
    await sql`
    insert into findings (workspace_id, scan_id, fingerprint, id, shard_id, attempt, sequence, template_id, name, severity, type,
      host, port, matched_at, detail, confirmed)
    select ${workspaceId}, ${scanId}, sha256(n::text::bytea), gen_random_uuid(), ${shard.shardId}, 1, n, 't-' || n % 50, 'Many',
      (array['critical', 'high', 'low', 'info'])[1 + n % 4], 'http', 'h0.example.com', 443, 'https://h0.example.com/' || n,
      jsonb_build_object('description', repeat(md5(n::text), 30)), true
    from generate_series(${from}::integer, ${Math.min(count, from + atOnce - 1)}::integer) n`
  await finishShard(sql, shard, endOf([0]))
  await settleScan(sql, workspaceId, scanId)
  return formatId('scan', scanId)
}

/** Megabytes that the process has in memory. */
const resident = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test.runIf(process.platform === 'linux')('the memory of the process does not grow with what it exports', async () => {
  const key = await makeApiKey(formatId('key', newId()).slice(4))
  const { child, ready, ended } = startProcess({
    ...api.db.env,
    ...{ HOST: '127.0.0.1', PORT: String(await freePort()), LOG_LEVEL: 'error' },
    ASSAYER_BOOTSTRAP_KEY: key,
  })
  const url = await ready
  const pid = child.pid ?? 0
  // The bootstrap key's workspace is another one.
  await api.db.sql`update workspaces set name = 'was default' where name = 'default'`
  await api.db.sql`update workspaces set name = 'default' where id = ${api.db.workspaceId}`
  const half = { lines: 0, bytes: 0, most: 0 }
  const all = { lines: 0, bytes: 0, most: 0 }
  const headers = { Authorization: `Bearer ${key}` }
  const response = await fetch(`${url}/v1/scans/${scanId}/export?format=jsonl`, { headers })
  for await (const chunk of response.body ?? []) {
    all.bytes += chunk.length
    for (const byte of chunk) if (byte === 10) all.lines++
    all.most = Math.max(all.most, await resident(pid))
    if (all.lines <= count / 2) Object.assign(half, all)
  }
  child.kill('SIGTERM')
  await ended
  expect(all.lines).toBe(count)
  // The runtime grows to its working size in the first half; were the export kept, the second would add all its bytes.
  expect(all.bytes - half.bytes).toBeGreaterThan(50 * 2 ** 20)
  expect(all.most - half.most).toBeLessThan(30)
})

test('pages are read as fast as the client takes them, and no more once it has left', async () => {
  let pages = 0
  const sql = new Proxy(api.db.sql, {
    apply(target, self, args: [TemplateStringsArray]) {
      if (args[0].join('').includes('select p.* from')) pages++
      return Reflect.apply(target, self, args) as unknown
    },
  })
  const app = createApp({ ...api.deps, sql })
  const open = async () => {
    const response = await app.request(`/v1/scans/${scanId}/export?format=jsonl`, {
      headers: { Authorization: `Bearer ${api.key.text}` },
    })
    return (response.body as ReadableStream<Uint8Array>).getReader()
  }
  // As long as another export takes from its beginning to its end, this one would have gone on.
  const reader = await open()
  await reader.read()
  const other = await open()
  let taken = 0
  while (!(await other.read()).done) taken++
  expect(taken).toBeGreaterThan(100)
  expect(pages - taken).toBeLessThan(10)
  await reader.cancel()
  const left = pages
  const last = await open()
  await last.read()
  await last.cancel()
  expect(pages - left).toBeLessThan(5)
})
