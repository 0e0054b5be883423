import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runCommand } from '../local/run-command.ts'

test(
  'nothing accepted is lost, doubled or falsely clean by the faults of the quick suite',
  { timeout: 600_000 },
  async () => {
    const run = fileURLToPath(new URL('run.ts', import.meta.url))
    const { code, log } = await runCommand({
      name: 'chaos',
      file: process.execPath,
      args: [run, '--quick'],
      env: process.env,
      timeoutMs: 590_000,
    })
    expect(code, log).toBe(0)
  },
)
