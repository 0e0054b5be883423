import { readFileSync } from 'node:fs'
import { createLog, readConfig } from '@assayer/schema'
import { ApiConfig } from './config.ts'
import { readBootstrapKey, startApi } from './start-api.ts'

const end = (status: number, message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(status)
}

/** Reads the variables of `env`, serves until a signal asks it to end, and exits: 2 for a wrong variable, 1 for a failed start. */
export async function runApi(env: NodeJS.ProcessEnv): Promise<void> {
  const read = readConfig(ApiConfig, env, Object.keys(ApiConfig.entries), (path) => readFileSync(path, 'utf8'))
  if (!read.ok) end(2, read.message)
  else {
    const { config } = read
    const text = config.ASSAYER_BOOTSTRAP_KEY
    const bootstrapKey = text === undefined ? null : await readBootstrapKey(text)
    if (text !== undefined && bootstrapKey === null) {
      end(2, 'These variables must be mended first:\n  ASSAYER_BOOTSTRAP_KEY: has a wrong checksum: copy the key anew')
    }
    const log = createLog('api', config.LOG_LEVEL, { buffered: true })
    const stopping = new AbortController()
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        if (stopping.signal.aborted) process.exit(1)
        stopping.abort()
      })
    }
    try {
      const asked = new Promise<void>((resolve) => {
        stopping.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      const api = await startApi(config, log, bootstrapKey)
      process.stdout.write(`${JSON.stringify({ ready: api.url })}\n`)
      // With --expose-gc, as in the images, what the start left behind is given back to the machine: 20 to 40 MiB of an idle process.
      setTimeout(() => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }), 1000).unref()
      await asked
      setTimeout(() => process.exit(1), 10_000).unref()
      await api.stop()
      process.exit(0)
    } catch (error) {
      end(1, whyNot(error, config))
    }
  }
}

/** One sentence for the mistakes in HOST and PORT; anything else is thrown on. */
function whyNot(error: unknown, { HOST, PORT }: ApiConfig): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${PORT} on ${HOST} is taken: stop what listens there, or set PORT to another one.`
    case 'EACCES':
      return `Port ${PORT} may not be opened by this user: set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${HOST} is no address of this machine: set HOST to one, 127.0.0.1 or 0.0.0.0.`
    default:
      throw error
  }
}
