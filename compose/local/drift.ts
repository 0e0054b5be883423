import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { makeDocument } from '@assayer/api/openapi'
import { migrate } from '@assayer/schema/migrate'
import openapiTS, { astToString } from 'openapi-typescript'
import { withDatabase } from './check-database.ts'
import { startPostgres } from './postgres.ts'
import { runScript } from './run-script.ts'
import { makeSay } from './say.ts'
import { dumpSchema } from './schema-dump.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What is generated is checked in: shows what has drifted (exit 1), or writes it anew with --write. */
await runScript(async (signal) => {
  const say = makeSay(process.stdout)
  const write = process.argv.includes('--write')
  const document = makeDocument()
  const generated = new Map([
    ['packages/worker/templates/starter-digests.json', await starterDigests()],
    ['packages/schema/schema.sql', await schemaDump(signal)],
    ['packages/api/openapi.json', `${JSON.stringify(document, null, 2)}\n`],
    ['compose/client/openapi.d.ts', await clientTypes(document)],
  ])
  let drifted = 0
  for (const [path, text] of generated) {
    const present = await readFile(at(path), 'utf8').catch(() => '')
    if (present === text) continue
    if (write) await writeFile(at(path), text)
    else drifted++
    say.line(write ? `${path} written anew` : `${path} has drifted from its source: run npx -y pnpm@12 fix`)
  }
  return drifted === 0 ? 0 : 1
})

async function starterDigests(): Promise<string> {
  const root = at('packages/worker/templates/starter')
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml')).toSorted()
  const digests = names.map(async (name) => [
    name,
    createHash('sha256')
      .update(await readFile(`${root}/${name}`))
      .digest('hex'),
  ])
  return `${JSON.stringify(Object.fromEntries(await Promise.all(digests)), null, 2)}\n`
}

/** The types of the client. A field with a default may be left out of a request. */
async function clientTypes(document: Record<string, unknown>): Promise<string> {
  const tree = await openapiTS(JSON.stringify(document), { defaultNonNullable: false })
  return `// Written by \`fix\` from packages/api/openapi.json.\n${astToString(tree)}`
}

/** Always from an embedded server, so that the dump does not depend on the version at DATABASE_URL. */
async function schemaDump(signal: AbortSignal): Promise<string> {
  const postgres = await startPostgres({ say: makeSay(process.stdout), signal, settings: { fsync: 'off' } })
  try {
    await migrate(postgres.url)
    return await withDatabase(postgres.url, dumpSchema)
  } finally {
    await postgres.stop()
  }
}
