import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { untilGone } from './processes-for-tests.ts'

const here = import.meta.dirname

test('a script killed by SIGKILL leaves neither its processes, be they deaf to SIGTERM, nor its folders', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-test-'))
  const kept = await mkdtemp(join(tmpdir(), 'assayer-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const script = join(folder, 'script.ts')
  await writeFile(
    script,
    `import { keepFolder } from '${here}/keep.ts'
    import { startProcess } from '${here}/own-process.ts'
    keepFolder('${kept}')
    const options = { name: 'sleep', file: process.execPath, args: ['-e', 'process.on("SIGTERM", () => {}); console.log(1); setInterval(() => {}, 1000)'], env: {}, ready: () => true }
    console.log((await startProcess(options)).pid)`,
  )
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as string[]
  parent.kill('SIGKILL')
  await untilGone(Number(line))
  await vi.waitFor(() => expect(access(kept)).rejects.toThrow('ENOENT'), { timeout: 10_000 })
})
