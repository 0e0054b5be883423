import { Problem, createConsoleLog, readConfig } from '@assayer/schema'
import { renderProblem } from '../problem.ts'
import { requestIdFrom } from '../request/request-id.ts'
import { EdgeConfig } from './config.ts'
import { serveRequest } from './serve-request.ts'

type Runtime = { waitUntil(work: Promise<unknown>): void }

/** The API on a Workers-style runtime (workerd): variables and secrets come as bindings with each request. */
export default {
  async fetch(request: Request, env: Record<string, string | undefined>, runtime: Runtime): Promise<Response> {
    const read = readConfig(EdgeConfig, env, Object.keys(EdgeConfig.entries), () => {
      throw new Error('there are no files at the edge')
    })
    if (read.ok) return await serveRequest(request, read.config, (work) => runtime.waitUntil(work))
    createConsoleLog('api', 'error').error(read.message)
    const at = { path: new URL(request.url).pathname, requestId: requestIdFrom(undefined) }
    const { status, body, headers } = renderProblem(new Problem('internal'), '', at)
    return new Response(body, { status, headers: { ...headers, 'X-Request-Id': at.requestId } })
  },
}
