import { createInterface } from 'node:readline/promises'
import { formatScopePattern, parseTarget } from '@assayer/schema'
import type { ScopePattern, Target } from '@assayer/schema'
import { readArguments, usage } from './arguments.ts'
import type { ScanArguments } from './arguments.ts'
import { exitStatus, statusOf } from './exit-status.ts'
import { followScan } from './follow.ts'
import { Refused, Unreachable, apiOf, dataOf } from './http.ts'
import type { Service } from './http.ts'
import { makeProgress, plural, sentenceOf } from './show.ts'
import type { Scan } from './types.ts'
import { outputFlaw, writeReport } from './write-report.ts'

const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())

async function main(): Promise<number> {
  const read = readArguments(process.argv.slice(2))
  if (read.kind === 'help') {
    console.log(usage)
    return exitStatus.clean
  }
  if (read.kind === 'wrong') {
    console.error(`${read.message}\n\n${usage}`)
    return exitStatus.refused
  }
  const { ASSAYER_URL: url, ASSAYER_KEY: key } = process.env
  if (url === undefined || !URL.canParse(url) || key === undefined || key === '') {
    console.error(
      'Set ASSAYER_URL (for example http://127.0.0.1:3000) and ASSAYER_KEY; `npx -y pnpm@12 dev` prints both.',
    )
    return exitStatus.refused
  }
  return await order({ url, key }, read.arguments)
}

async function order(service: Service, options: ScanArguments): Promise<number> {
  const flaw = options.output === null ? null : await outputFlaw(options.output)
  if (flaw !== null) {
    console.error(flaw)
    return exitStatus.refused
  }
  if (options.allow && !(await allow(service, options))) return exitStatus.refused
  const { signal } = interrupt
  const body = {
    targets: options.targets,
    labels: options.labels,
    ...(options.templates ? { templates: options.templates } : {}),
  }
  const params = { header: { 'Idempotency-Key': crypto.randomUUID() } }
  const ordered = dataOf(await apiOf(service).POST('/v1/scans', { body, params, signal }))
  console.error(
    `Ordered scan ${ordered.id}: ${plural(ordered.targetCount, 'target')}, ${plural(ordered.templatesSelected, 'template')}.`,
  )
  const progress = makeProgress(process.stderr)
  let scan: Scan
  try {
    scan = await followScan(service, ordered.id, { onScan: progress.show }, signal)
  } catch (error) {
    if (signal.aborted) {
      console.error(`No longer watching: scan ${ordered.id} goes on. To end it: POST /v1/scans/${ordered.id}/cancel`)
    }
    throw error
  } finally {
    progress.end()
  }
  const notWritten = await writeReport(service, scan, options, signal)
  console.error(sentenceOf(scan))
  if (notWritten !== null) console.error(`Not written: ${notWritten}`)
  else if (options.output !== null) console.error(`Written: ${options.output}`)
  return statusOf(scan, options.failOn, options.allowPartial)
}

/** Makes the scope rule for exactly each target's host and port, once the person has said that they may scan it. */
async function allow(service: Service, options: ScanArguments): Promise<boolean> {
  const patterns: string[] = []
  for (const text of options.targets) {
    const parsed = parseTarget(text)
    if (!parsed.ok) {
      console.error(`A target cannot be scanned as written: ${parsed.message}`)
      return false
    }
    patterns.push(formatScopePattern(patternOf(parsed.target)))
  }
  console.error(`You state that you may scan ${patterns.join(', ')}.`)
  if (!options.yes) {
    if (!process.stdin.isTTY) {
      console.error('Nobody is there to ask: add --yes to state it.')
      return false
    }
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await lines.question('[y/N] ', { signal: interrupt.signal })
    lines.close()
    if (!/^y(es)?$/i.test(answer.trim())) return false
  }
  for (const pattern of new Set(patterns)) {
    const body = { effect: 'allow', pattern, note: 'stated by the scan script with --allow' } as const
    await apiOf(service).POST('/v1/scope-rules', { body, signal: interrupt.signal })
  }
  return true
}

function patternOf({ host, address, port }: Target): ScopePattern {
  if (address === null) return { kind: 'host', host, port }
  return { kind: 'network', address: host, bits: address === 4 ? 32 : 128, family: address, port }
}

try {
  process.exitCode = await main()
} catch (error) {
  if (interrupt.signal.aborted) process.exitCode = exitStatus.interrupted
  else if (error instanceof Refused) {
    console.error(`Refused (${error.problem.code}): ${error.message}`)
    for (const one of error.problem.errors ?? []) console.error(`  ${one.pointer ?? one.name ?? ''} ${one.message}`)
    if (error.problem.errors?.some(({ code }) => code === 'no-rule')) {
      console.error('If you may scan it, run this again with --allow.')
    }
    process.exitCode = error.status >= 500 ? exitStatus.unreachable : exitStatus.refused
  } else if (error instanceof Unreachable) {
    console.error(error.message)
    process.exitCode = exitStatus.unreachable
  } else throw error
}
