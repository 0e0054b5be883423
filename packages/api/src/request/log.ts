import type { Log } from '@assayer/schema'

/** The logger of request lines. They say what is fixed below, so nothing is to be redacted, which took longer than all else of a line. */
export const requestLog = (log: Log): Log => log.child({}, { redact: [] })

/** One line for each request; without query, body or key. Probes of health are debug lines. */
export function logAnswer(
  log: Log,
  answer: {
    requestId: string
    method: string
    route: string
    status: number
    started: number
    traceparent: string | undefined
  },
): void {
  const { started, ...fields } = answer
  const line = { ...fields, durationMs: Math.round((performance.now() - started) * 10) / 10 }
  if (answer.route.endsWith('z')) log.debug(line, 'request answered')
  else log.info(line, 'request answered')
}
