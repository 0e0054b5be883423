import { parseDocument } from 'yaml'
import { invalid, notPermitted, Refusal } from './refusal.ts'

const deepest = 20
const mostNodes = 20_000
const plainPrototypes = new Set<unknown>([Object.prototype, Array.prototype])

/** A text as plain YAML: no aliases, tags, doubled or merge keys, nothing nested deep. */
export function parsePlain(source: string): unknown {
  // Nuclei's own reader replaces such lines by a file before it reads YAML.
  if (/!\s*include/i.test(source)) throw notPermitted('include directives', 'text')
  if (nesting(source) > 200) throw invalid('The template is nested too deep')
  try {
    const document = parseDocument(source, { uniqueKeys: true, logLevel: 'error' })
    const flaw = document.errors[0] ?? document.warnings[0]
    if (flaw) throw invalid(`The template is not plain YAML: ${flaw.message.split('\n')[0]?.slice(0, 200) ?? ''}`)
    const read: unknown = document.toJS({ maxAliasCount: 0 })
    checkShape(read, '', 0, { nodes: 0 })
    return read
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw invalid('The template is not plain YAML: aliases, cycles and deep nesting are not read')
  }
}

/** How deep brackets and list marks could nest, before a reader that recurses is let at them. */
function nesting(source: string): number {
  let deep = 0
  let most = 0
  for (const character of source) {
    if (character === '[' || character === '{') most = Math.max(most, ++deep)
    else if (character === ']' || character === '}') deep = Math.max(0, deep - 1)
  }
  return /(?:[-?:][ \t]+){20}/.test(source) ? Infinity : most
}

function checkShape(value: unknown, where: string, depth: number, seen: { nodes: number }): void {
  if (depth > deepest) throw invalid('The template is nested too deep')
  if (++seen.nodes > mostNodes) throw invalid('The template has too many parts')
  if (typeof value === 'number' && !Number.isFinite(value)) throw invalid(`A number cannot be read (${where})`)
  if (typeof value === 'string' && !value.isWellFormed()) throw invalid(`Half a character stands alone (${where})`)
  if (typeof value === 'bigint') throw invalid(`A number cannot be read (${where})`)
  if (typeof value !== 'object' || value === null) return
  if (!plainPrototypes.has(Object.getPrototypeOf(value))) throw invalid(`A tag is not plain YAML (${where})`)
  for (const [key, inner] of Object.entries(value)) {
    if (key === '<<' || key === '__proto__') throw notPermitted('merge keys', where)
    checkShape(inner, `${where}/${key}`.slice(0, 100), depth + 1, seen)
  }
}
