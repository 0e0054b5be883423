import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { tableOf } from '../bench/report.ts'

export type Row = readonly [what: string, measured: string, reference: string, aim: string]

const page = fileURLToPath(new URL('../../docs/footprint.md', import.meta.url))

export const figuresOf = (rows: readonly Row[]): string =>
  tableOf(['what', 'measured', 'the reference says', 'aim'], rows)

/** What of this machine's cores others take, as far as that can be seen: the load of the last five minutes. */
export const loadNow = (): string => (loadavg()[1] ?? 0).toFixed(1)

/** Writes docs/footprint.md anew; `load` is what loadNow said before anything was begun. */
export async function writePage(rows: readonly Row[], engine: string, load: string): Promise<void> {
  const day = new Date().toISOString().slice(0, 10)
  await writeFile(
    page,
    `# What the images and the stack take

Written by \`npx -y pnpm@12 stack --write\` on ${day}, Docker Engine ${engine}, ${cpus().length} cores that had a load of ${load} when it
began: where that is not small, times and rates are those of a share of the cores. Never edited by hand.

Sizes are of \`docker save\`, memory is what \`docker stats\` says (pages of files that were read lately count too), the load generator shares
the machine. Base images may be local stand-ins for the upstream ones. The reference's figures are its own document's, and where it says
"measured" those of its code on a machine like this one.

${figuresOf(rows)}

${why}
`,
  )
}

const why = `## Where an aim is missed

- **The migration job, 45 MB.** Node without its symbols is 116 MB alone; a smaller runtime would be a second language for one job
  ([images](decisions/images.md)). It shares all layers but its own with the two others: what it adds to them stands below it.
- **The API gzipped, 47 MB.** Node and its libraries are some 45 MB of it and the code half a megabyte; the rest is the base, of which a stand-in
  carries more than the upstream one. Registries take layers that are packed by zstd as well.
- **\`up --wait\`, 3.5 s.** One after the other: initdb, the migrations, and the worker's start, of which most is Nuclei loading the templates to see
  which it can use. Between them Compose looks only each half second whether the one before is ready, three times in a row.
- **Memory at rest, 128 MiB.** PostgreSQL is half of it and more. Seen once inside it: 39 MiB are its processes, most of them the eight
  connections of a worker, each with plans and catalog of its own; 20 are pages of its cache, 24 pages of files that initdb wrote and the
  kernel would give up, 9 the kernel's own. API and worker are 31 MiB of heap and code each.
- **Lists a second, 5,000.** The load generator, the engine's proxy of the published port, the API and PostgreSQL share the cores; what the API
  can do beside the machine's own ceilings is in [performance.md](performance.md).`
