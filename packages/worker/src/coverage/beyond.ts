import type { Evidence, TargetEvidence } from '../wall/warden-messages.ts'

const counted = [
  'connects',
  'failed',
  'closed',
  'shed',
  'timedOut',
  'refusedByScope',
  'bytesIn',
  'bytesOut',
  'requests',
  'answers',
  'unanswered',
  'greetingsUnanswered',
  'tlsHandshakes',
  'asked',
  'otherAnswers',
] as const satisfies readonly (keyof TargetEvidence)[]

/**
 * What the wall counted since `before`. A target that answered only Assayer's own question, and that Nuclei never contacted,
 * must not read as looked at. Times and the peak stay as they are.
 */
export function beyond(before: Evidence, now: Evidence): TargetEvidence[] {
  const earlier = new Map(before.targets.map((row) => [`${row.host} ${row.port}`, row]))
  return now.targets.map((row) => {
    const past = earlier.get(`${row.host} ${row.port}`)
    const less = counted.map((name) => [name, Math.max(0, row[name] - (past?.[name] ?? 0))] as const)
    return { ...row, ...Object.fromEntries(less) }
  })
}
