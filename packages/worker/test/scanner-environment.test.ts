import { readFile, readdir } from 'node:fs/promises'
import { dirname, isAbsolute } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import type { WorkerProcess } from './worker-process.ts'

let lab: Lab
let worker: WorkerProcess
beforeAll(async () => {
  lab = await openLab()
  worker = await lab.worker({
    AWS_SECRET_ACCESS_KEY: 'not for Nuclei',
    HTTP_PROXY: 'http://127.0.0.1:1',
    TZ: 'Asia/Tokyo',
  })
})
afterAll(() => lab.close())

/** Names that the fake scanner's own launcher may add. */
const ofTheShell = new Set(['PWD', 'OLDPWD', 'SHLVL', '_'])

const runOf = async (host: string) => {
  const [run] = await lab.scanner.runs(host)
  if (!run) throw new Error('the scanner was not started')
  return run
}

test('the scanner gets a private environment: allowed names only, every folder inside its own', async () => {
  await lab.scanner.plan('127.0.0.10', 'complete')
  await lab.settled(await lab.order([`http://127.0.0.10:${lab.site.port}`]))
  const { env, cwd } = await runOf('127.0.0.10')
  const folders = ['HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME']
  const names = new Set(Object.keys(env)).difference(ofTheShell)
  expect([...names].toSorted()).toEqual([...folders, 'HTTP_PROXY', 'PATH', 'TZ'].toSorted())
  expect(env).toMatchObject({ HTTP_PROXY: expect.stringMatching(/^socks5:\/\/[^@]+@127\.0\.0\.1:\d+$/), TZ: 'UTC' })
  expect(env['PATH']?.startsWith(cwd)).toBe(true)
  expect(cwd.startsWith(worker.scanDir)).toBe(true)
  for (const folder of folders) expect(env[folder]?.startsWith(cwd)).toBe(true)
  expect(JSON.stringify(env)).not.toContain(lab.db.url)
})

test('nothing that a user wrote becomes an argument: it stands in the list of targets', async () => {
  const place = `127.0.0.11:${lab.site.port}`
  await lab.scanner.plan('127.0.0.11', 'complete')
  const hostile = `http://${place}/;$(id)\`id\`|'x'/--help/-t/%0a-u?a=-config&b=../../etc/passwd`
  await lab.settled(await lab.order([hostile]))
  const { args, targets } = await runOf('127.0.0.11')
  expect(targets).toHaveLength(1)
  expect(targets[0]?.startsWith(`http://${place}/;$(id)`)).toBe(true)
  for (const arg of args) expect(arg).not.toMatch(/127\.0\.0\.11|id\)|help|passwd|^-u$/)
  const values = args.filter((_, n) => /^-(?:l|t|ud|proxy)$/.test(args[n - 1] ?? ''))
  expect(values.every(isAbsolute)).toBe(true)
})

test('the password of the wall is not in the arguments, where every user of the machine could read it', async () => {
  const { args } = await runOf('127.0.0.11')
  expect(args.join(' ')).not.toMatch(/socks5:|password/)
})

test('template ids that are no installed templates become no argument, and the scan is not complete', async () => {
  const host = '127.0.0.12'
  await lab.scanner.plan(host, 'complete')
  const [known = ''] = (
    await lab.db.sql<{ id: string }[]>`select id from templates where protocol = 'http' order by id`
  ).map(({ id }) => id)
  const templateIds = [known, '--help', '../../../etc/passwd', '/etc/passwd', 'a,b']
  const { scan } = await lab.settled(await lab.order([`http://${host}:${lab.site.port}`], { templateIds }))
  expect(scan).toMatchObject({ state: 'partial', reason: { code: 'templates-not-loaded' } })
  const { args } = await runOf(host)
  const files = args.filter((_, n) => args[n - 1] === '-t')
  expect(files).toHaveLength(1)
  expect(args.join(' ')).not.toMatch(/passwd|--help|a,b/)
})

test('a stored target that could be an option starts nothing', async () => {
  const host = '127.0.0.13'
  await lab.scanner.plan(host, 'complete')
  const id = await lab.order([`http://${host}:${lab.site.port}`])
  await lab.db.sql`update scan_targets set canonical = '-help' where scan_id = ${id}`
  const { scan } = await lab.settled(id, true)
  expect(scan.state).toBe('failed')
  expect(await lab.scanner.runs(host)).toEqual([])
})

test('the folder of a run is gone after it, with all that the scanner left there', async () => {
  const { cwd } = await runOf('127.0.0.10')
  await expect(readdir(cwd)).rejects.toThrow('ENOENT')
  expect(await readdir(dirname(cwd))).toEqual([])
})

test('the log of the worker names no secret', async () => {
  const { password, username } = new URL(lab.db.url)
  const log = worker.stderr()
  expect(log).toContain('attempt ended')
  if (password !== '') expect(log).not.toContain(`${username}:${password}`)
  expect(log).not.toContain('not for Nuclei')
  expect(await readFile(lab.scanner.path, 'utf8')).toContain('exec')
})
