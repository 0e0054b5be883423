import type { Log } from '@assayer/schema'
import { installBundle } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { insist } from '../claim/insist.ts'
import { StartError } from '../start-error.ts'
import { keepLoadable } from './check-loadable.ts'
import { readBundle, starterDigests } from './read-bundle.ts'
import type { ReadBundle } from './read-bundle.ts'

/**
 * Reads a folder of templates and keeps those that this Nuclei loads; none at all is a mistake of whoever started the worker.
 * `digests` is the list of Assayer's own starter set.
 */
export async function install(
  templatesDir: string,
  digests: URL,
  check: Parameters<typeof keepLoadable>[1],
  log: Log,
): Promise<ReadBundle> {
  const read = await readBundle(templatesDir, starterDigests(digests))
  const { bundle, dropped } = await keepLoadable(read, check)
  if (bundle.templates.length === 0) {
    throw new StartError(
      `No usable template in ${templatesDir}: set TEMPLATES_DIR to a folder of signed Nuclei templates, or leave it out for the starter set`,
    )
  }
  if (dropped.length + bundle.ignored > 0)
    log.warn(
      { notLoaded: dropped.length, unsigned: bundle.ignored, examples: dropped.slice(0, 5) },
      'some templates are not used',
    )
  return bundle
}

/** Writes the bundle's rows and makes it the one that orders and searches see; insists until `signal`. */
export async function writeBundle(
  sql: Sql,
  read: ReadBundle,
  nucleiVersion: string,
  signal: AbortSignal,
): Promise<void> {
  const rows = read.templates.map((template) => ({ ...template, ...read.texts.get(template.id) }))
  await insist(() => installBundle(sql, { digest: read.digest, nucleiVersion }, rows), signal)
}
