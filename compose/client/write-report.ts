import { createWriteStream } from 'node:fs'
import { access, constants, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refused, call } from './http.ts'
import type { Service } from './http.ts'
import { readFindings } from './read-findings.ts'
import { tableOf } from './show.ts'
import type { Scan } from './types.ts'

/** What the service writes itself. */
const exports = ['jsonl', 'csv', 'sarif', 'html', 'markdown'] as const
export const formats = ['table', 'json', ...exports] as const
export type ReportFormat = (typeof formats)[number]
export type Report = { format: ReportFormat; output: string | null; allowPartial: boolean }

/**
 * Writes a scan's findings to a file, which is there only when it is whole, or to stdout. Answers why not when the service
 * refuses SARIF because the scan is not completed.
 */
export async function writeReport(
  service: Service,
  scan: Scan,
  report: Report,
  signal: AbortSignal,
): Promise<string | null> {
  const { output } = report
  let text
  try {
    text = await read(service, scan, report, signal)
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'scan-not-complete') return error.message
    throw error
  }
  if (output === null) {
    await pipeline(text, process.stdout, { end: false, signal })
    return null
  }
  const unfinished = `${output}.part-${process.pid}`
  try {
    await pipeline(text, createWriteStream(unfinished), { signal })
    await rename(unfinished, output)
  } finally {
    await rm(unfinished, { force: true })
  }
  return null
}

/** Why nothing can be written there, said before a scan is ordered; null when it can. */
export async function outputFlaw(output: string): Promise<string | null> {
  const folder = dirname(output)
  const isFolder = async (path: string) => (await stat(path).catch(() => null))?.isDirectory() === true
  if (await isFolder(output)) return `${output} is a folder: name a file.`
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
  return writable && (await isFolder(folder)) ? null : `${folder} is no folder that can be written to.`
}

async function read(
  service: Service,
  scan: Scan,
  { format, allowPartial }: Report,
  signal: AbortSignal,
): Promise<Readable> {
  if (format === 'table' || format === 'json') {
    const findings = await readFindings(service, scan.id, signal)
    if (format === 'json') return Readable.from([`${JSON.stringify({ scan, findings }, null, 2)}\n`])
    return Readable.from(findings.length === 0 ? [] : [`${tableOf(findings)}\n`])
  }
  const query = `format=${format}&allowPartial=${allowPartial}`
  const { body } = await call(service, `/v1/scans/${scan.id}/export?${query}`, { signal })
  return body === null ? Readable.from([]) : Readable.fromWeb(body)
}
