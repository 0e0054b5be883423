import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstalledTemplate, TemplateText } from '@assayer/schema/store'
import { readTemplate } from './read-template.ts'

export type InstalledBundle = {
  root: string
  digest: string
  templates: InstalledTemplate[]
  /** Template id to its file. */
  files: Map<string, string>
  /** Files that look like templates and are not used: neither signed nor Assayer's own. */
  ignored: number
}
/** With what search wants of each template: needed until it is written, and too much to keep. */
export type ReadBundle = InstalledBundle & { texts: Map<string, TemplateText> }

/** Part of the digest: rows that hold more make a new generation of the same files. */
const rowFormat = 'rows 2\n'

/** SHA-256 of each file of Assayer's own starter set: unsigned templates count as its own only by this list. */
export const starterDigests = (file: URL): ReadonlySet<string> =>
  new Set(Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>))

/**
 * Reads the templates of a folder: those with a signature (Nuclei verifies it at each run) and those of the starter set. The
 * digest is over ids and contents, so that two workers with the same files have the same bundle.
 */
export async function readBundle(root: string, starter: ReadonlySet<string>): Promise<ReadBundle> {
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml')).toSorted()
  const templates: InstalledTemplate[] = []
  const texts = new Map<string, TemplateText>()
  const files = new Map<string, string>()
  const sum = createHash('sha256').update(rowFormat)
  let ignored = 0
  for (const name of names) {
    const read = readTemplate(await readFile(join(root, name)))
    if (read === null || files.has(read.template.id)) continue
    const { signed, ...template } = read.template
    if (!signed && !starter.has(read.sha256)) {
      ignored++
      continue
    }
    texts.set(template.id, read.text)
    files.set(template.id, join(root, name))
    templates.push({ ...template, origin: signed ? 'signed' : 'starter' })
    sum.update(`${template.id} ${read.sha256}\n`)
  }
  return { root, digest: `sha256:${sum.digest('hex')}`, templates, texts, files, ignored }
}
