import { stripVTControlCharacters, styleText } from 'node:util'
import { severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import { Presets, SingleBar } from 'cli-progress'
import Table from 'cli-table3'
import type { Finding, Scan } from './types.ts'

const colours = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'gray',
  unknown: 'gray',
} as const

/** Text from a target is hostile to terminals. */
const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, ' ')

/** What a table shows of a finding. */
export type Row = Pick<Finding, 'severity' | 'templateId' | 'matcherName' | 'matchedAt' | 'host'>

/** Findings as a table, worst first, in the width of the terminal; colours only where it is one. */
export function tableOf(findings: readonly Row[], width = process.stdout.columns ?? 140): string {
  const named = Math.max(24, Math.min(64, Math.floor((width - 14) * 0.45)))
  const table = new Table({
    head: ['severity', 'template', 'where'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    wrapOnWordBoundary: false,
    colWidths: [10, named, Math.max(24, width - 14 - named)],
  })
  for (const finding of findings.toSorted(
    (a, b) => rank(a.severity) - rank(b.severity) || (a.templateId < b.templateId ? -1 : 1),
  )) {
    const level = styleText(colours[finding.severity], finding.severity, { stream: process.stdout })
    const matcher = finding.matcherName === null ? '' : `:${finding.matcherName}`
    table.push([
      // A wrap would cut inside its colour code.
      { content: level, wordWrap: false },
      plain(`${finding.templateId}${matcher}`),
      plain(finding.matchedAt ?? finding.host ?? ''),
    ])
  }
  return table.toString()
}

const rank = (severity: Severity): number => severities.indexOf(severity)

/** `1 target`, `2 targets`. */
export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

/** One sentence that says how a scan ended. */
export function sentenceOf(scan: Scan): string {
  const counts = severities
    .filter((severity) => scan.findings[severity] > 0)
    .map((severity) => `${scan.findings[severity]} ${severity}`)
  const why =
    scan.reason === null
      ? ''
      : ` (${plain(scan.reason.code)}${scan.reason.detail === null ? '' : `: ${plain(scan.reason.detail)}`})`
  const covered = `${scan.coverage.covered} of ${plural(scan.coverage.asked, 'target')} covered`
  return `Scan ${scan.id} ${scan.state}${why}: ${plural(scan.findings.total, 'finding')}${counts.length > 0 ? ` (${counts.join(', ')})` : ''}, ${covered}.`
}

export type Progress = { show(scan: Scan): void; end(): void }

/** A bar on a terminal; elsewhere a line when state or a tenth changes, and at least every 30 s while the scan tells of itself. */
export function makeProgress(out: NodeJS.WriteStream): Progress {
  if (!out.isTTY) return lineProgress(out)
  const bar = new SingleBar(
    {
      format: '{state} [{bar}] {percentage}% | {requests} requests | {found} findings',
      stream: out,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  bar.start(100, 0, { state: 'queued', requests: 0, found: 0 })
  return {
    show: (scan) =>
      bar.update(Math.floor(scan.progress.percent), {
        state: scan.state,
        requests: scan.progress.requests,
        found: scan.findings.total + scan.findings.unconfirmed,
      }),
    end: () => bar.stop(),
  }
}

function lineProgress(out: NodeJS.WritableStream): Progress {
  let said = ''
  let saidAt = 0
  return {
    show(scan) {
      const step = `${scan.state} ${Math.floor(scan.progress.percent / 10) * 10}%`
      if (step === said && performance.now() - saidAt < 30_000) return
      said = step
      saidAt = performance.now()
      out.write(
        `${step}, ${scan.progress.requests} requests, ${scan.findings.total + scan.findings.unconfirmed} findings\n`,
      )
    },
    end() {},
  }
}
