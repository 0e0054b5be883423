import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSay } from '../local/say.ts'
import { pythonTools } from './python.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const openapi = at('../../packages/api/openapi.json')
let tool: Awaited<ReturnType<typeof pythonTools>>
let folder: string

beforeAll(async () => {
  tool = await pythonTools({ say: makeSay(process.stdout), env: process.env })
  folder = await mkdtemp(join(tmpdir(), 'assayer-generators-'))
}, 600_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(file: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

test('openapi-python-client makes a client without a warning, and it can be imported', async () => {
  const generator = tool('openapi-python-client')
  const made = await run(
    generator.file,
    ['generate', '--path', openapi, '--meta', 'none', '--output-path', 'assayer_client', '--fail-on-warning'],
    generator.env,
  )
  expect(made).toMatchObject({ code: 0 })
  expect(made.said).not.toMatch(/warning|unable|skipping/i)
  const modules = (await readdir(join(folder, 'assayer_client/api'), { recursive: true })).filter(
    (name) => name.endsWith('.py') && !name.endsWith('__init__.py'),
  )
  const operations = Object.values(
    (JSON.parse(await readFile(openapi, 'utf8')) as { paths: Record<string, object> }).paths,
  ).flatMap((item) => Object.keys(item))
  expect(modules).toHaveLength(operations.length)
  const names = modules.map((name) => `assayer_client.api.${name.slice(0, -3).replaceAll('/', '.')}`)
  await writeFile(join(folder, 'all.py'), names.map((name) => `import ${name}\n`).join(''))
  const python = tool('python')
  expect(await run(python.file, ['all.py'], python.env)).toEqual({ code: 0, said: '' })
})

test('openapi-typescript makes types without a warning, and they are the ones that the client is typed by', async () => {
  const cli = at('../node_modules/openapi-typescript/bin/cli.js')
  const args = [cli, openapi, '--default-non-nullable', 'false', '-o', join(folder, 'assayer.d.ts')]
  const { code, said } = await run(process.execPath, args, { PATH: process.env['PATH'] })
  expect(code).toBe(0)
  expect(said).not.toMatch(/warn|⚠|error/i)
  const body = (text: string) => text.slice(text.indexOf('export interface paths'))
  const [made, ours] = [join(folder, 'assayer.d.ts'), at('../client/openapi.d.ts')].map((path) =>
    readFile(path, 'utf8'),
  )
  expect(body((await made) ?? '')).toBe(body((await ours) ?? ''))
})
