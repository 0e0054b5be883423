import * as v from 'valibot'

/** Nuclei's severities, worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const
export const Severity = v.picklist(severities)
export type Severity = v.InferOutput<typeof Severity>

/** True when `severity` is as bad as `floor` or worse. */
export const atLeast = (severity: Severity, floor: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(floor)
