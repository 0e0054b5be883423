import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { migrate } from '@assayer/schema/migrate'
import { withDatabase } from './check-database.ts'
import { startPgbouncer } from './pgbouncer.ts'
import { runScript } from './run-script.ts'
import { makeSay } from './say.ts'
import { startParts } from './stack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

/** The tests of what talks to PostgreSQL. */
const pooledTests = ['packages/schema/test', 'packages/api/test', 'packages/worker/test']

/**
 * All tests on real parts: `npx -y pnpm@12 test [--pgbouncer] [VITEST ARGUMENTS]`. With `--pgbouncer` those of store, API and
 * worker, or the named ones, reach PostgreSQL through one in transaction mode.
 */
await runScript(async (signal) => {
  const say = makeSay(process.stdout)
  say.line('Assayer tests: real PostgreSQL, Redis and Nuclei.')
  const settings =
    process.env['DATABASE_URL'] === undefined
      ? { fsync: 'off', synchronous_commit: 'off', max_connections: '300' }
      : undefined
  const parts = await startParts({ say, signal, env: process.env, ...(settings ? { settings } : {}) })
  const wanted = process.argv.slice(2)
  const args = wanted.filter((one) => one !== '--pgbouncer')
  let pooler: Awaited<ReturnType<typeof startPgbouncer>> | undefined
  try {
    if (args.length < wanted.length) {
      pooler = await startPgbouncer({ server: parts.postgres.sessionUrl, say, signal, env: process.env })
      if (args.every((one) => one.startsWith('-'))) args.unshift(...pooledTests)
    }
    await makeTemplate(parts.postgres.sessionUrl)
    const env = {
      ...process.env,
      TEST_DATABASE_URL: parts.postgres.sessionUrl,
      ...(pooler && { TEST_POOLER_URL: pooler.url }),
      TEST_REDIS_URL: parts.redis.url ?? '',
      // For tests that stop and start a Redis of their own.
      TEST_REDIS_SERVER: parts.redis.binary?.file ?? 'redis-server',
      TEST_REDIS_LIBRARIES: parts.redis.binary?.libraries ?? '',
      NUCLEI_PATH: parts.nuclei,
    }
    say.line(
      `PostgreSQL ${parts.postgres.version}${pooler ? ' behind PgBouncer' : ''}, ${parts.redis.url === null ? 'no Redis' : 'Redis'}, Nuclei at hand: running the tests.`,
    )
    const vitestArgs = [vitest, 'run', '--config', 'vitest.workspace.ts', ...args]
    const child = spawn(process.execPath, vitestArgs, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    signal.addEventListener('abort', () => child.kill('SIGINT'), { once: true })
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } finally {
    await pooler?.stop()
    await parts.stop()
  }
})

/** A migrated database that each test file clones. */
async function makeTemplate(url: string): Promise<void> {
  await withDatabase(url, async (sql) => {
    await sql.unsafe('drop database if exists assayer_template with (force)')
    await sql.unsafe('create database assayer_template')
  })
  await migrate(Object.assign(new URL(url), { pathname: '/assayer_template' }).href)
}
