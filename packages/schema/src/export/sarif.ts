import type { Source } from './source.ts'
import { renderFinding } from '../render/index.ts'
import { resultOf } from './sarif-result.ts'
import { ruleOf } from './sarif-rule.ts'
import { coverageWord, coverageWords, notCovered, reasonWords } from './words.ts'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/**
 * SARIF 2.1.0 (OASIS) with one run. Results come first, as their rules are known only when all were seen: memory grows with
 * the templates that found something, not with findings. `executionSuccessful` is true of a completed scan alone; each target
 * that was not covered has a notification.
 */
export async function* writeSarif(source: Source): AsyncGenerator<string> {
  const { scan } = source
  const rules = new Map<string, { index: number; rule: string }>()
  yield `{"$schema":"${schema}","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`
  let separator = ''
  for await (const page of source.findings()) {
    let chunk = ''
    for (const row of page) {
      let known = rules.get(row.templateId)
      if (known === undefined) {
        known = { index: rules.size, rule: JSON.stringify(ruleOf(renderFinding(row))) }
        rules.set(row.templateId, known)
      }
      chunk += `${separator}${JSON.stringify(resultOf(row, known.index))}`
      separator = ','
    }
    yield chunk
  }
  yield `],"tool":{"driver":{"name":"Assayer","rules":[`
  separator = ''
  for (const { rule } of rules.values()) {
    yield `${separator}${rule}`
    separator = ','
  }
  yield `]},"extensions":[${JSON.stringify({ name: 'Nuclei', version: scan.engine.nuclei })}]}`
  const invocation = {
    executionSuccessful: scan.state === 'completed',
    ...(scan.startedAt === null ? {} : { startTimeUtc: scan.startedAt }),
    ...(scan.finishedAt === null ? {} : { endTimeUtc: scan.finishedAt }),
    properties: { state: scan.state, reason: scan.reason, coverage: scan.coverage },
  }
  yield `,"invocations":[${JSON.stringify(invocation).slice(0, -1)},"toolExecutionNotifications":[`
  yield JSON.stringify(stateNotification(scan))
  for await (const page of source.targets(notCovered)) {
    for (const { ordered, coverage, reason } of page) {
      const text = `${ordered} was not covered: ${coverageWord(coverage)}${reason === null ? '' : ` (${reason})`}`
      const more = { properties: { target: ordered, coverage, reason } }
      yield `,${JSON.stringify({ ...notification('target-not-covered', 'error', text), ...more })}`
    }
  }
  const about = {
    automationDetails: { id: `assayer/${scan.id}` },
    properties: { scanId: scan.id, findings: scan.findings, templates: scan.engine.templates },
  }
  yield `]}],${JSON.stringify(about).slice(1)}]}\n`
}

function stateNotification(scan: Source['scan']) {
  const reason = reasonWords(scan)
  const text = `The scan is ${scan.state}${reason === null ? '' : ` (${reason})`}: ${coverageWords(scan)}.`
  return notification('scan-state', scan.state === 'completed' ? 'note' : 'error', text)
}

const notification = (id: string, level: 'note' | 'error', text: string) => ({
  descriptor: { id },
  level,
  message: { text },
})
