import { parseArgs } from 'node:util'
import { severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import { formats } from './write-report.ts'
import type { ReportFormat } from './write-report.ts'

export type ScanArguments = {
  targets: string[]
  format: ReportFormat
  output: string | null
  failOn: Severity | 'none'
  allow: boolean
  yes: boolean
  allowPartial: boolean
  labels: Record<string, string>
  templates: { ids: string[]; tags: string[]; severities: Severity[] } | null
}

export const usage = `Usage: npx -y pnpm@12 scan TARGET... [options]

Orders a scan of URLs, hosts or host:port at ASSAYER_URL with ASSAYER_KEY, shows its progress and prints its findings.

  --allow            first make the scope rule for exactly that host and port; you state that you may scan it
  --yes              answer that question with yes
  --format FORMAT    table (default), json, jsonl (Nuclei's own), csv, sarif, html or markdown
  --output FILE      write it there instead of to stdout
  --fail-on LEVEL    exit 1 for findings at or above it: critical, high (default), medium, low, info, unknown or none
  --allow-partial    do not fail because a scan ended partial, and write its SARIF
  --template ID      only this template (repeatable)     --tag TAG       only this tag (repeatable)
  --severity LEVEL   only this severity (repeatable)     --label K=V     a label of the scan (repeatable)

Exit status: 0 completed and nothing at or above --fail-on; 1 findings at or above it; 2 usage, or a refused order;
3 the scan ended partial, failed or cancelled, whatever it found; 4 the service cannot be reached; 130 interrupted.`

const options = {
  allow: { type: 'boolean' },
  yes: { type: 'boolean' },
  'allow-partial': { type: 'boolean' },
  format: { type: 'string' },
  output: { type: 'string' },
  'fail-on': { type: 'string' },
  template: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  label: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const

export type Parsed = { kind: 'scan'; arguments: ScanArguments } | { kind: 'help' } | { kind: 'wrong'; message: string }

/** Reads the command line of `scan`. */
export function readArguments(args: string[]): Parsed {
  let read
  try {
    read = parseArgs({ args: args.filter((one, n) => !(one === '--' && n === 0)), options, allowPositionals: true })
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) }
  }
  const { values, positionals } = read
  if (values.help) return { kind: 'help' }
  if (positionals.length === 0) return { kind: 'wrong', message: 'Name at least one target.' }
  const format = formats.find((one) => one === (values.format ?? 'table'))
  if (format === undefined) return { kind: 'wrong', message: `--format is one of ${formats.join(', ')}.` }
  if (values.output === '') return { kind: 'wrong', message: '--output is the name of a file.' }
  const failOn = values['fail-on'] ?? 'high'
  if (failOn !== 'none' && !isSeverity(failOn))
    return { kind: 'wrong', message: `--fail-on is one of ${severities.join(', ')}, none.` }
  const levels = values.severity ?? []
  if (!levels.every(isSeverity)) return { kind: 'wrong', message: `--severity is one of ${severities.join(', ')}.` }
  const labels = (values.label ?? []).map((label) => label.split(/=(.*)/s).slice(0, 2))
  if (labels.some(({ length }) => length !== 2)) return { kind: 'wrong', message: '--label is KEY=VALUE.' }
  const [ids, tags] = [values.template ?? [], values.tag ?? []]
  const chosen = ids.length + tags.length + levels.length > 0
  return {
    kind: 'scan',
    arguments: {
      targets: positionals,
      format,
      output: values.output ?? null,
      failOn,
      allow: values.allow ?? false,
      yes: values.yes ?? false,
      allowPartial: values['allow-partial'] ?? false,
      labels: Object.fromEntries(labels) as Record<string, string>,
      templates: chosen ? { ids, tags, severities: levels } : null,
    },
  }
}

const isSeverity = (text: string): text is Severity => severities.some((severity) => severity === text)
