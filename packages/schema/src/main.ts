import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { databaseUrl, logLevel, readConfig } from './config.ts'
import { createLog } from './log.ts'
import { migrate } from './migrate/migrate.ts'

const Config = v.object({
  DATABASE_URL: databaseUrl,
  DATABASE_SESSION_URL: v.optional(databaseUrl),
  LOG_LEVEL: logLevel,
})

const read = readConfig(Config, process.env, Object.keys(Config.entries), (path) => readFileSync(path, 'utf8'))
if (!read.ok) {
  process.stderr.write(`${read.message}\n`)
  process.exit(2)
}
const { config } = read
const log = createLog('schema', config.LOG_LEVEL)
try {
  const applied = await migrate(config.DATABASE_SESSION_URL ?? config.DATABASE_URL)
  log.info({ applied }, 'migrations applied')
} catch (cause) {
  const message = cause instanceof Error ? cause.message : String(cause)
  log.error({ reason: message }, 'migrations failed: is PostgreSQL up at DATABASE_URL, and may the role make tables?')
  process.exitCode = 1
}
