import { readFileSync } from 'node:fs'
import { createLog, readConfig } from '@assayer/schema'
import { WorkerConfig } from './config.ts'
import { StartError } from './start-error.ts'
import { startWorker } from './start-worker.ts'

/** Reads the variables of `env`, works until a signal asks it to end or it wants to be replaced, and exits: 2 for a wrong variable, 1 for a failed start. */
export async function runWorker(env: NodeJS.ProcessEnv): Promise<void> {
  const read = readConfig(WorkerConfig, env, Object.keys(WorkerConfig.entries), (path) => readFileSync(path, 'utf8'))
  if (!read.ok) {
    process.stderr.write(`${read.message}\n`)
    process.exit(2)
  }
  const { config } = read
  const log = createLog('worker', config.LOG_LEVEL)
  const stopping = new AbortController()
  const signals = ['SIGTERM', 'SIGINT'] as const
  for (const name of signals) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(1)
      stopping.abort()
    })
  }

  try {
    const worker = await startWorker(config, log, stopping.signal)
    process.stdout.write(`${JSON.stringify({ ready: worker.id })}\n`)
    const asked = new Promise<void>((resolve) =>
      stopping.signal.addEventListener('abort', () => resolve(), { once: true }),
    )
    if (!stopping.signal.aborted) await Promise.race([asked, worker.spent])
    setTimeout(() => process.exit(1), 20_000).unref()
    await worker.stop()
    process.exit(0)
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0)
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
