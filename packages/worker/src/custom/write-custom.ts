import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { customSources } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import type { InstalledBundle } from '../bundle/read-bundle.ts'
import type { Attempt } from '../claim/attempt.ts'
import { insist } from '../claim/insist.ts'
import { judgeApart } from './judge-apart.ts'

/** What an attempt runs: the worker's own bundle, or the files that were written for it. */
export type RunnableTemplates = Pick<InstalledBundle, 'root' | 'templates' | 'files'>

/**
 * Writes the custom templates of an attempt into its folder. A text that is not what the order names by its digest, or that is not
 * permitted (any more), is left out; the attempt then loads fewer than were selected, and is not complete.
 */
export async function writeCustom(sql: Sql, attempt: Attempt, folder: string): Promise<RunnableTemplates> {
  const { shard, signal, key } = attempt
  const digests = shard.sourceDigests ?? []
  const rows = await insist(() => customSources(sql, key.workspaceId, digests), signal)
  const intact = rows.filter(({ digest, source }) => digestOf(source) === digest)
  const root = join(folder, 'templates')
  await mkdir(root)
  const written: RunnableTemplates = { root, templates: [], files: new Map() }
  const judged = await judgeApart(
    intact.map(({ source }) => source),
    signal,
  )
  for (const [at, one] of judged.entries()) {
    const id = shard.templateIds[digests.indexOf(intact[at]?.digest ?? '')]
    if (!one.ok || one.read.template.id !== id) continue
    const { signed: _, ...template } = one.read.template
    const file = join(root, `${at}.yaml`)
    await writeFile(file, one.runnable)
    written.templates.push({ ...template, origin: 'starter' })
    written.files.set(template.id, file)
  }
  return written
}

export const digestOf = (source: string): string => `sha256:${createHash('sha256').update(source).digest('hex')}`
