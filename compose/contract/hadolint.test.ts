import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runCommand } from '../local/run-command.ts'
import { makeSay } from '../local/say.ts'
import { pythonTools } from './python.ts'

const dockerfile = fileURLToPath(new URL('../images/Dockerfile', import.meta.url))

test('hadolint has nothing to say against the Dockerfile', async () => {
  const { file, env } = (await pythonTools({ say: makeSay(process.stdout), env: process.env }))('hadolint')
  const { code, log } = await runCommand({ name: 'hadolint', file, args: [dockerfile], env, timeoutMs: 60_000 })
  expect([code, log]).toEqual([0, ''])
}, 600_000)
