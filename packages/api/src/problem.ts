import { Problem, problem, problems } from '@assayer/schema'
import { isDatabaseAway, isDatabaseBusy } from '@assayer/schema/store'
import type { Deps } from './deps.ts'
import type { Answer } from './request/call.ts'

/**
 * The one place where a thrown error becomes an answer: `application/problem+json` (RFC 9457). What nobody planned is
 * logged once, with its cause, and answered as `internal` without detail.
 */
export function renderError(error: unknown, deps: Pick<Deps, 'log' | 'publicUrl'>, at: ProblemPlace): Answer {
  return renderProblem(asProblem(error, deps, at), deps.publicUrl, at)
}

/** Where a problem happened: the path asked for, without its query, and the request's id. */
export type ProblemPlace = { path: string; requestId: string }

/** A problem as an answer. */
export function renderProblem(thrown: Problem, publicUrl: string, { path, requestId }: ProblemPlace): Answer {
  const [status, title] = problems[thrown.code]
  const document = {
    type: `${publicUrl}/problems/${thrown.code}`,
    title,
    status,
    detail: thrown.detail,
    instance: path,
    code: thrown.code,
    requestId,
    errors: thrown.errors,
  }
  return {
    status,
    body: JSON.stringify(document),
    headers: { 'Content-Type': 'application/problem+json', ...thrown.headers },
  }
}

function asProblem(error: unknown, { log }: Pick<Deps, 'log'>, { requestId }: ProblemPlace): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseAway(error) || isDatabaseBusy(error)) {
    log.warn({ err: error, requestId }, 'database did not answer a request')
    return problem('database-unavailable', { headers: { 'Retry-After': '2' } })
  }
  log.error({ err: error, requestId }, 'request failed')
  return problem('internal')
}
