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

/** What `scan` ends with. That a scan is incomplete comes before what it found: a pipeline that reads 1 may take the list of findings as whole. */
export function statusOf(
  scan: Pick<Scan, 'state' | 'findings'>,
  failOn: Severity | 'none',
  allowPartial: boolean,
): number {
  if (scan.state !== 'completed' && !(scan.state === 'partial' && allowPartial)) return exitStatus.incomplete
  const found =
    failOn !== 'none' && severities.some((severity) => atLeast(severity, failOn) && scan.findings[severity] > 0)
  return found ? exitStatus.findings : exitStatus.clean
}
