import { createHash } from 'node:crypto'
import { severities } from '@assayer/schema'
import type { InstalledTemplate, TemplateText } from '@assayer/schema/store'
import { parse } from 'yaml'
import * as v from 'valibot'

const list = v.fallback(
  v.nullish(
    v.union([
      v.pipe(
        v.string(),
        v.transform((text) =>
          text
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
        ),
      ),
      v.array(v.string()),
    ]),
  ),
  null,
)
const Template = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/)),
  info: v.looseObject({
    name: v.string(),
    severity: v.nullish(v.string()),
    tags: list,
    author: list,
    reference: list,
    description: v.fallback(v.nullish(v.string()), null),
    classification: v.fallback(v.nullish(v.looseObject({ 'cve-id': list })), null),
    metadata: v.nullish(v.record(v.string(), v.unknown())),
  }),
})

/** The protocols Assayer runs; a template of another kind (code, file, headless, workflow, ...) is left out. */
const protocolKeys = {
  http: 'http',
  requests: 'http',
  ssl: 'ssl',
  dns: 'dns',
  tcp: 'tcp',
  network: 'tcp',
  javascript: 'javascript',
} as const
const refused = ['code', 'file', 'headless', 'flow', 'workflows', 'self-contained', 'whois', 'websocket', 'offlinehttp']

export type ReadTemplate = {
  sha256: string
  template: Omit<InstalledTemplate, 'origin'> & { signed: boolean }
  text: TemplateText
}

const longestSource = 65_536

/** Beyond any real template, and still so few that the sum over all of them fits a column. */
const maxRequests = 100_000
/** PostgreSQL takes no NUL. */
const plain = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

const few = (texts: readonly string[] | null | undefined): string[] =>
  (texts ?? []).slice(0, 50).map((one) => plain(one).slice(0, 500).toWellFormed())

/** What accept needs to know of a template file, or null for a file that is no template Assayer runs. */
export function readTemplate(bytes: Buffer): ReadTemplate | null {
  const text = bytes.toString('utf8')
  let read: unknown
  try {
    read = parse(text, { maxAliasCount: 100 })
  } catch {
    return null
  }
  const template = v.safeParse(Template, read)
  if (!template.success) return null
  const { id, info, ...rest } = template.output
  const protocol = Object.entries(protocolKeys).find(([key]) => key in rest)?.[1]
  if (protocol === undefined || refused.some((key) => key in rest)) return null
  const said = info.severity?.toLowerCase()
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    template: {
      id,
      name: plain(info.name).slice(0, 500).toWellFormed(),
      severity: severities.find((severity) => severity === said) ?? 'unknown',
      protocol,
      tags: (info.tags ?? []).map((tag) => plain(tag).toLowerCase()),
      requests: Math.min(Math.max(1, Math.trunc(Number(info.metadata?.['max-request'] ?? 1)) || 1), maxRequests),
      signed: /^# digest: [0-9a-f]+:[0-9a-f]+\s*$/m.test(text),
    },
    text: {
      description: info.description == null ? null : plain(info.description).trim().slice(0, 4000).toWellFormed(),
      authors: few(info.author),
      references: few(info.reference),
      cveIds: few(info.classification?.['cve-id']).map((id) => id.toUpperCase()),
      source: plain(bytes.toString('utf8', 0, longestSource).replace(/\ufffd+$/, '')),
      sourceBytes: bytes.length,
    },
  }
}
