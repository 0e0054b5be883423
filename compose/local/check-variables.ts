import { readFileSync } from 'node:fs'
import { readConfig } from '@assayer/schema'
import { ApiConfig } from '../../packages/api/src/node/config.ts'
import { WorkerConfig } from '../../packages/worker/src/config.ts'
import { LocalError } from './local-error.ts'

const given = { DATABASE_URL: 'postgres://127.0.0.1/assayer', NUCLEI_PATH: '/nuclei' }

/**
 * Reads the variables that the scripts pass on as api and worker will, before anything is started. Throws one LocalError that
 * names every mistake of both.
 */
export function checkVariables(env: NodeJS.ProcessEnv): void {
  const passed =
    /^(PORT|ASSAYER_BOOTSTRAP_KEY|RESOLVERS|SCOPE_ALLOW|SCOPE_DENY|TEMPLATES_DIR|SCAN_USER_AGENT|WORKER_CONCURRENCY|LOG_LEVEL|SECRETS_KEY|WEBHOOK_ALLOW)$/
  const values = { ...Object.fromEntries(Object.entries(env).filter(([name]) => passed.test(name))), ...given }
  const read = (path: string) => readFileSync(path, 'utf8')
  const reads = [
    readConfig(ApiConfig, values, Object.keys(ApiConfig.entries), read),
    readConfig(WorkerConfig, values, Object.keys(WorkerConfig.entries), read),
  ]
  const lines = reads.flatMap((one) => (one.ok ? [] : one.message.split('\n')))
  if (lines.length > 0) throw new LocalError([...new Set(lines)].join('\n'))
}
