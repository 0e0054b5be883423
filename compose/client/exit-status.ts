import { atLeast, severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import type { Scan } from './types.ts'

export const exitStatus = {
  clean: 0,
  findings: 1,
  refused: 2,
  incomplete: 3,
  unreachable: 4,
  interrupted: 130,
} as const

/** What `scan` ends with. An incomplete scan is told apart from a clean one even where it found nothing; findings come first. */
export function statusOf(
  scan: Pick<Scan, 'state' | 'findings'>,
  failOn: Severity | 'none',
  allowPartial: boolean,
): number {
  const found =
    failOn !== 'none' && severities.some((severity) => atLeast(severity, failOn) && scan.findings[severity] > 0)
  if (found) return exitStatus.findings
  if (scan.state === 'completed' || (scan.state === 'partial' && allowPartial)) return exitStatus.clean
  return exitStatus.incomplete
}
