import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url))

type WorkerEnd = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }
export type WorkerProcess = {
  pid: number
  /** Its id in the registry, once it is ready; rejects when it ended before. */
  ready: Promise<string>
  ended: Promise<WorkerEnd>
  scanDir: string
  stderr(): string
  signal(name: NodeJS.Signals): void
  /** SIGTERM, and SIGKILL when it has not ended 20 s later. */
  stop(): Promise<WorkerEnd>
  /** Removes its scan folder. */
  remove(): Promise<void>
}

/** Starts the real worker as a process, with an environment, flags of Node and a scan folder of its own. */
export async function startWorkerProcess(
  env: Record<string, string | undefined>,
  flags: readonly string[] = [],
): Promise<WorkerProcess> {
  const scanDir = await mkdtemp(join(tmpdir(), 'assayer-worker-'))
  const child = spawn(process.execPath, [...flags, entry], {
    env: { PATH: '/usr/bin:/bin', SCAN_DIR: scanDir, SCOPE_ALLOW: '127.0.0.0/8', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('the worker did not start')
  const said = { stdout: '', stderr: '' }
  const ready = Promise.withResolvers<string>()
  ready.promise.catch(() => {})
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString()
    const id = /^\{"ready":"([^"]+)"\}$/m.exec(said.stdout)?.[1]
    if (id !== undefined) ready.resolve(id)
  })
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  const ended = new Promise<WorkerEnd>((resolve) =>
    child.once('close', (code, signal) => {
      ready.reject(new Error(`the worker ended before it was ready:\n${said.stderr}`))
      resolve({ code, signal, ...said })
    }),
  )
  return {
    pid,
    ready: ready.promise,
    ended,
    scanDir,
    stderr: () => said.stderr,
    signal: (name) => void child.kill(name),
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
      const end = await ended
      clearTimeout(late)
      return end
    },
    remove: () => rm(scanDir, { recursive: true, force: true }),
  }
}
