import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LocalError } from '../local/local-error.ts'
import { findNuclei } from '../local/nuclei.ts'
import { NUCLEI_VERSION } from '../local/nuclei-version.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { startParts } from '../local/stack.ts'
import type { Parts } from '../local/stack.ts'
import { measureApi } from './measure-api.ts'
import { measureDeliveries } from './measure-deliveries.ts'
import { measureFleet } from './measure-fleet.ts'
import { measureLong } from './measure-long.ts'
import { measureRate } from './measure-rate.ts'
import { measureSpawn } from './measure-spawn.ts'
import { measureStart } from './measure-start.ts'
import { measureStore } from './measure-store.ts'
import { pageOf, renderTable } from './report.ts'
import type { Row, Table } from './report.ts'

const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))

type Asked = { seconds: number; signal: AbortSignal }
type Part = { title: string; note?: string; measure(asked: Asked): Promise<Row[]> }

const say = makeSay(process.stderr)
let postgres = ''

/** Runs with a PostgreSQL that has as much memory for itself as the image of compose gives it. */
async function withParts(signal: AbortSignal, measure: (parts: Parts) => Promise<Row[]>): Promise<Row[]> {
  const parts = await startParts({ say, signal, env: process.env, settings: { shared_buffers: '128MB' } })
  try {
    postgres = `, PostgreSQL ${parts.postgres.version}`
    return await measure(parts)
  } finally {
    await parts.stop()
  }
}

const parts: Record<string, Part> = {
  api: {
    title: 'API',
    note: 'A rate is what was answered 2xx on 48 kept-alive connections after a warm-up. Stored are 1,000 ended scans and 20,000 findings; the key is a stored one.',
    measure: ({ seconds, signal }) => withParts(signal, (one) => measureApi(one, seconds, signal)),
  },
  store: { title: 'Store', measure: ({ signal }) => withParts(signal, measureStore) },
  start: { title: 'Start and scans', measure: ({ signal }) => measureStart(say, signal) },
  spawn: { title: 'Order to scanner', measure: ({ signal }) => measureSpawn(signal) },
  rate: { title: 'Shards with a scanner', measure: ({ signal }) => measureRate(signal) },
  fleet: { title: 'Four workers', measure: ({ signal }) => measureFleet(signal) },
  deliveries: { title: 'Deliveries of events', measure: ({ signal }) => measureDeliveries(signal) },
  long: {
    title: 'Long scan',
    async measure({ signal }) {
      const { path } = await findNuclei({ path: process.env['NUCLEI_PATH'], say, signal, env: process.env })
      return await measureLong(path, signal)
    },
  },
}

/**
 * Measures the production bundles, all parts or those of `--only NAME`, prints the tables, and with `--write` puts them into
 * docs/performance.md.
 */
await runScript(async (signal) => {
  const options = {
    write: { type: 'boolean' },
    seconds: { type: 'string' },
    only: { type: 'string', multiple: true },
  } as const
  const { values } = parseArgs({ options })
  const names = values.only ?? Object.keys(parts)
  const unknown = names.find((name) => !(name in parts))
  if (unknown !== undefined)
    throw new LocalError(`bench has no part ${unknown}; there are ${Object.keys(parts).join(', ')}`)
  await import('../build.ts')
  const tables: Table[] = []
  for (const name of names) {
    const part = parts[name]
    if (part === undefined) continue
    const rows = await part.measure({ seconds: Number(values.seconds ?? 5), signal })
    tables.push({ title: part.title, note: part.note, rows })
    console.log(`${renderTable({ title: part.title, rows })}\n`)
  }
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  const at = `${new Date().toISOString().slice(0, 10)}; Node ${process.version}${postgres}, Nuclei ${NUCLEI_VERSION}; ${machine}.`
  console.log(at)
  const titles = Object.values(parts).map(({ title }) => title)
  if (values.write) await writeFile(page, pageOf(await readFile(page, 'utf8'), tables, titles, at))
  return 0
})
