import type { ProblemError } from '@assayer/schema'

export type Service = { url: string; key: string }
export type ProblemBody = { code: string; title: string; detail?: string; requestId?: string; errors?: ProblemError[] }

/** The service answered with a problem document: what was ordered is refused, or it cannot do it now. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly problem: ProblemBody
  constructor(status: number, problem: ProblemBody) {
    super(problem.detail ?? problem.title)
    this.status = status
    this.problem = problem
  }
}

/** Nobody answers at the service's URL, or not in time. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export type Call = {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** How long the answer may take to begin, 30 s. */
  withinMs?: number
}

/** One request. Answers the response when it is a success; throws Refused or Unreachable otherwise. */
export async function call(
  service: Service,
  path: string,
  { method = 'GET', body, headers, signal, withinMs = 30_000 }: Call = {},
): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), withinMs)
  let response: Response
  try {
    response = await fetch(new URL(path, service.url), {
      method,
      headers: {
        Authorization: `Bearer ${service.key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      redirect: 'error',
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new Unreachable(`The service at ${service.url} cannot be reached: is it running, and is ASSAYER_URL right?`, {
      cause,
    })
  } finally {
    clearTimeout(timer)
  }
  if (response.ok) return response
  const text = await response.text()
  throw new Refused(response.status, readProblem(text, response.status))
}

function readProblem(text: string, status: number): ProblemBody {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null && 'code' in read && 'title' in read) return read as ProblemBody
  } catch {
    // No problem document: something else than Assayer answered.
  }
  return { code: 'unknown', title: `The service answered with status ${status} and no problem document` }
}
