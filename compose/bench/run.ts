import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { NUCLEI_VERSION } from '../local/nuclei-version.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { startParts } from '../local/stack.ts'
import { measureApi } from './measure-api.ts'
import { measureStart } from './measure-start.ts'
import { measureStore } from './measure-store.ts'
import { pageOf, renderTable } from './report.ts'
import type { Table } from './report.ts'

const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))

/** Measures the production bundles, prints the tables, and with `--write` puts them into docs/performance.md. */
await runScript(async (signal) => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, seconds: { type: 'string' } } })
  const seconds = Number(values.seconds ?? 5)
  const say = makeSay(process.stderr)
  await import('../build.ts')
  const tables: Table[] = []
  const show = (table: Table) => {
    tables.push(table)
    console.log(`${renderTable(table)}\n`)
  }
  // The image of PostgreSQL in compose has as much.
  const parts = await startParts({ say, signal, env: process.env, settings: { shared_buffers: '128MB' } })
  try {
    show({ title: 'API', rows: await measureApi(parts, seconds, signal) })
    show({ title: 'Store', rows: await measureStore(parts) })
  } finally {
    await parts.stop()
  }
  show({ title: 'Start and scans', rows: await measureStart(say, signal) })
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  const versions = `Node ${process.version}, PostgreSQL ${parts.postgres.version}, Nuclei ${NUCLEI_VERSION}`
  console.log(`${versions}; ${machine}`)
  if (values.write) await writeFile(page, pageOf(tables, { versions, machine, seconds }))
  return 0
})
