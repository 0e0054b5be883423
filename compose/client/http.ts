import createClient from 'openapi-fetch'
import type { components, paths } from './openapi.d.ts'

export type Service = { url: string; key: string }
/** A problem document; of something else than Assayer only what was made up here. */
export type ProblemBody = Pick<Problem, 'code' | 'title'> & Partial<Problem>
type Problem = components['schemas']['Problem']

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

/** One request by its path. Answers the response when it is a success; throws Refused or Unreachable otherwise. */
export async function call(
  service: Service,
  path: string,
  { method = 'GET', body, headers, signal, withinMs = 30_000 }: Call = {},
): Promise<Response> {
  const request = new Request(new URL(path, service.url), {
    method,
    headers: {
      Authorization: `Bearer ${service.key}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  return await send(service, request, withinMs)
}

/** The service by its OpenAPI document: paths, parameters, bodies and answers have types. Throws as `call` does. */
export const apiOf = (service: Service) =>
  createClient<paths>({
    baseUrl: service.url,
    headers: { Authorization: `Bearer ${service.key}` },
    fetch: (request) => send(service, request, 30_000),
  })

/** The body of a success that has one. */
export function dataOf<Data>({ data }: { data?: Data }): Data {
  if (data === undefined) throw new Error('the service answered without a body')
  return data
}

async function send(service: Service, request: Request, withinMs: number): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), withinMs)
  let response: Response
  try {
    response = await fetch(request, { signal: AbortSignal.any([request.signal, late.signal]), redirect: 'error' })
  } catch (cause) {
    if (request.signal.aborted) throw cause
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
