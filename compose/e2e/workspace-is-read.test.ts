import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const planted = `${root}/packages/schema/src/planted-${process.pid}.test.ts`

beforeAll(() => writeFile(planted, "import { expect, test } from 'vitest'\ntest('fails', () => expect(1).toBe(2))\n"))
afterAll(() => rm(planted, { force: true }))

test('a failing test in a project of vitest.workspace.ts fails the run', async () => {
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'vitest.workspace.ts',
    '--project',
    'unit',
    planted,
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const said: string[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  expect(said.join('')).toContain('1 failed')
  expect(code).not.toBe(0)
})
