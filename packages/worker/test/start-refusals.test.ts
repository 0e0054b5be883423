import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeScanner } from './fake-scanner.ts'
import type { FakeScanner } from './fake-scanner.ts'
import { openLab, until } from './lab.ts'
import { startWorkerProcess } from './worker-process.ts'

let scanner: FakeScanner
let folder: string
beforeAll(async () => {
  scanner = await fakeScanner()
  folder = await mkdtemp(join(tmpdir(), 'assayer-refusals-'))
})
afterAll(async () => {
  await Promise.all([scanner.remove(), rm(folder, { recursive: true })])
})

/** An address where no PostgreSQL listens. */
const nowhere = 'postgres://nobody:hidden-password@127.0.0.1:9/none'

async function refusal(env: Record<string, string | undefined>) {
  const worker = await startWorkerProcess({ DATABASE_URL: nowhere, NUCLEI_PATH: scanner.path, ...env })
  const { code, stdout, stderr } = await worker.ended
  await worker.remove()
  expect(stdout).toBe('')
  expect(stderr).not.toMatch(/^\s+at |hidden-password|node:internal/m)
  return { code, lines: stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{')) }
}

async function executable(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  await chmod(path, 0o755)
  return path
}

test.concurrent('a scanner that is missing is one sentence that says what to do', async () => {
  const { code, lines } = await refusal({ NUCLEI_PATH: '/nowhere/nuclei' })
  expect(code).toBe(1)
  expect(lines).toEqual([
    'Nuclei cannot be started at /nowhere/nuclei: set NUCLEI_PATH to the binary of Nuclei 3.11.1 or newer',
  ])
})

test.concurrent('a scanner that may not be executed is one sentence', async () => {
  const path = join(folder, 'plain')
  await writeFile(path, 'no program', { mode: 0o644 })
  const { code, lines } = await refusal({ NUCLEI_PATH: path })
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining('cannot be started')])
})

test.concurrent.each(['v3.11.0', 'v3.9.4', 'v2.99.99'])('a scanner of version %s is too old', async (version) => {
  const old = await fakeScanner(version)
  const { code, lines } = await refusal({ NUCLEI_PATH: old.path })
  await old.remove()
  expect(code).toBe(1)
  expect(lines).toEqual([`Nuclei ${version.slice(1)} is too old: 3.11.1 or newer is needed (NUCLEI_PATH)`])
})

test.concurrent('a program that is no Nuclei is one sentence', async () => {
  const path = await executable('other', '#!/bin/sh\necho hello\n')
  const { code, lines } = await refusal({ NUCLEI_PATH: path })
  expect(code).toBe(1)
  expect(lines).toEqual([`${path} does not say its version: set NUCLEI_PATH to Nuclei 3.11.1 or newer`])
})

test.concurrent('templates that are missing, or of which none can be used, are one sentence', async () => {
  const missing = await refusal({ TEMPLATES_DIR: '/nowhere/templates' })
  expect(missing).toEqual({
    code: 1,
    lines: ['The templates folder /nowhere/templates cannot be read: set TEMPLATES_DIR'],
  })
  const none = await refusal({ TEMPLATES_DIR: folder })
  expect(none.code).toBe(1)
  expect(none.lines).toEqual([expect.stringContaining(`No usable template in ${folder}`)])
})

test.concurrent('a scan folder that cannot be made is one sentence', async () => {
  const path = await executable('a-file', '')
  const { code, lines } = await refusal({ SCAN_DIR: path })
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining('cannot be written: set SCAN_DIR')])
})

test.concurrent('a database that is not there, or not migrated, is one sentence', async () => {
  const away = await refusal({ TIME_FACTOR: '0.1' })
  expect(away.code).toBe(1)
  expect(away.lines).toEqual([expect.stringContaining('PostgreSQL cannot be used')])
  const bare = await refusal({
    DATABASE_URL: Object.assign(new URL(process.env['TEST_DATABASE_URL'] ?? ''), { pathname: '/postgres' }).href,
  })
  expect(bare.code).toBe(1)
  expect(bare.lines).toEqual([expect.stringContaining('run the migrations first')])
})

test.concurrent('all bad variables are named at once, with their values kept back', async () => {
  const bad = {
    DATABASE_URL: 'mysql://secret',
    REDIS_URL: 'ftp://secret',
    NUCLEI_PATH: 'secret/nuclei',
    TEMPLATES_DIR: 'secret',
    WORKER_CONCURRENCY: '1000',
    RESOLVERS: '1.1.1.1',
    SCOPE_ALLOW: 'not a pattern',
    SCAN_USER_AGENT: 'secret\n-H: secret',
    LOG_LEVEL: 'loud',
    TIME_FACTOR: '0',
  }
  const { code, lines } = await refusal(bad)
  expect(code).toBe(2)
  expect(lines[0]).toBe('These variables must be mended first:')
  const named = lines.slice(1).map((line) => line.trim().split(':')[0] ?? '')
  expect(new Set(named)).toEqual(new Set(Object.keys(bad)))
  expect(lines.join('\n')).not.toContain('secret')
})

test.concurrent('a worker that is stopped while it starts exits 0 and leaves no folder', async () => {
  const path = await executable(
    'slow',
    `#!/bin/sh\ncase "$*" in *-version*) exec '${scanner.path}' "$@";; esac\nexec sleep 30\n`,
  )
  const worker = await startWorkerProcess({ DATABASE_URL: nowhere, NUCLEI_PATH: path })
  await until('the look at the templates', async () =>
    (await readdir(worker.scanDir, { recursive: true })).some((name) => name.includes('scan-')),
  )
  const { code, stderr } = await worker.stop()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(await readdir(worker.scanDir)).toEqual([])
  await worker.remove()
})

test('a worker that is older than its database asks for does not start, and one that runs ends by itself once its shards have', async () => {
  const lab = await openLab()
  const { sql, url } = lab.db
  const running = await lab.worker()
  const id = await lab.order([`http://127.0.0.70:${lab.site.port}`])
  await lab.ended(id)
  await sql`insert into migrations (name, digest, lowest_version) values ('9999_x.sql', '', '99.0.0')`
  expect(await running.ended).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('too old for its database') as string,
  })
  const { code, lines } = await refusal({ DATABASE_URL: url })
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining('it asks for version 99.0.0 or newer, this is 0.1.0') as string])
  await sql`delete from migrations where name = '9999_x.sql'`
  await sql.unsafe(`alter role current_user in database ${new URL(url).pathname.slice(1)} reset lock_timeout`)
  expect((await refusal({ DATABASE_URL: url })).lines).toEqual([
    expect.stringContaining('its role lacks lock_timeout') as string,
  ])
  await lab.close()
})
