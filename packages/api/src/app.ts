import { Problem, problem } from '@assayer/schema'
import { findKey, twice } from '@assayer/schema/store'
import type { StoredKey } from '@assayer/schema/store'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Deps } from './deps.ts'
import { createAcceptance } from './order/acceptance.ts'
import { createOrderLooks } from './order/looks.ts'
import { renderError } from './problem.ts'
import { requireAccepted } from './request/accepts.ts'
import { clientOf } from './request/act.ts'
import { authenticate } from './request/authenticate.ts'
import type { Answer, Handler } from './request/call.ts'
import { within } from './request/deadline.ts'
import { requireReadable } from './request/encoding.ts'
import { logAnswer, requestLog } from './request/log.ts'
import { allowedMethods } from './request/method-not-allowed.ts'
import { routeTable } from './request/permissions.ts'
import type { Needs, RouteName } from './request/permissions.ts'
import { createPlace, keepPlace, placeOf } from './request/place.ts'
import { createPlaces } from './request/places.ts'
import { limitKey, limitRefused } from './request/rate-limit.ts'
import { requestIdFrom, traceparentFrom } from './request/request-id.ts'
import { createShares } from './request/shares.ts'
import { shareLooks } from './request/share-look.ts'
import { requirePermission } from './request/require-permission.ts'
import { createHandlers } from './routes/index.ts'
import { createShowDocs, showProblem } from './routes/docs.ts'
import { health, readinessOf } from './routes/health.ts'
import { createShowOpenapi } from './routes/openapi.ts'
import { takeDelivery } from './triggers/take-delivery.ts'

/** The last resort: longer than a slow body may take, and than statements that are sent twice. */
const answerMs = 40_000
/** Requests under way at once, and those that wait for one of their places; more are shed. */
const atOnce = { places: 256, line: 512, waitMs: 1000 }
/** Bodies that are on their way at once, and the bytes of them that are held. */
const mostBodies = { count: 2048, bytes: 64 * 1024 ** 2 }
/** Probes are answered all the same: they share one look and send nothing more. */
const ownLane = new Set(['GET /healthz', 'GET /readyz'])
const longestUri = 8192
/** Refusals that somebody who guesses meets. */
const guesses = new Set<string>(['key-invalid', 'signature-invalid', 'trigger-not-found'])

/** What a runtime says of a request beside it: where it came from. */
export type Bindings = { address: string }
/** `headers` go with the answer, whether it is one or a problem. */
type Make = (c: Context, requestId: string, headers: Record<string, string>) => Answer | Promise<Answer>

/** The whole HTTP side over what `deps` gives. Keeps nothing between requests that a second instance would miss. */
export function createApp(deps: Deps): Hono {
  const app = new Hono()
  const literal = new Set<string>()
  const shareKey = shareLooks<StoredKey | null>()
  const find = (id: string) => shareKey(id, () => twice(() => findKey(deps.sql, id)))
  const looks = createOrderLooks(deps.sql)
  const accept = createAcceptance(deps.sql)
  const lines = requestLog(deps.log)
  const places = createPlaces(atOnce)
  const bodies = { count: createShares(mostBodies.count), bytes: createShares(mostBodies.bytes) }

  const serve = async (c: Context, route: string, make: Make): Promise<Response> => {
    const started = performance.now()
    const requestId = requestIdFrom(c.req.header('X-Request-Id'))
    const headers: Record<string, string> = {}
    let answer: Answer
    const place = createPlace(places, bodies, clientOf(c) ?? '')
    keepPlace(c, place)
    try {
      if (!ownLane.has(route)) await place.take()
      if (c.req.url.length > longestUri) throw problem('uri-too-long')
      requireReadable(c.req.url, route)
      answer = await make(c, requestId, headers)
    } catch (error) {
      answer = renderError(error, deps, { path: c.req.path.slice(0, 1000), requestId })
    } finally {
      place.giveBack()
    }
    deps.durations.observe(route, answer.status, (performance.now() - started) / 1000)
    const traceparent = traceparentFrom(c.req.header('traceparent')) ?? undefined
    logAnswer(lines, { requestId, method: c.req.method, route, status: answer.status, started, traceparent })
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'Cache-Control': route.includes(' /v1/') && answer.status !== 401 ? 'private, no-cache' : 'no-store',
        'X-Content-Type-Options': 'nosniff',
        ...headers,
        ...answer.headers,
        'X-Request-Id': requestId,
      },
    })
  }

  /** Too many keys or signatures that do not count from one address are told so; a key that is missing costs nothing. */
  const refuse = async (c: Context, error: unknown): Promise<never> => {
    if (deps.limits && error instanceof Problem && guesses.has(error.code))
      await limitRefused(deps.limits, clientOf(c) ?? '')
    throw error
  }

  const authenticated = (name: RouteName, handler: Handler): Make => {
    const { needs, media, waitSeconds = 0 }: Needs = routeTable[name]
    const reads = name.startsWith('GET ')
    return async (c, requestId, headers) => {
      const answer = async () => {
        const actor = await authenticate(deps, c.req.header('Authorization'), find).catch((error: unknown) =>
          refuse(c, error),
        )
        placeOf(c).client = actor.createdBy.id
        if (deps.limits) await limitKey(deps.limits, actor.createdBy.id, headers)
        for (const permission of needs) requirePermission(actor, permission)
        if (media !== null) requireAccepted(c.req.header('Accept'), media)
        const call = { deps, looks, accept, c, requestId, actor }
        // A read may be sent again when its reply was lost.
        return reads ? await twice(() => handler(call)) : await handler(call)
      }
      return await within(answerMs + waitSeconds * 1000, answer())
    }
  }

  const hook: Make = async (c, requestId, headers) => {
    const take = async ({ id }: { id: string }) => {
      if (deps.limits) await limitKey(deps.limits, id, headers)
    }
    const answer = takeDelivery({ deps, looks, accept, c, requestId }, take).catch((error: unknown) => refuse(c, error))
    return await within(answerMs, answer)
  }

  const refuseMethod = (c: Context): never => {
    throw problem('method-not-allowed', { headers: { Allow: allowedMethods(app, c.req.path).join(', ') } })
  }
  const register = (name: string, make: Make) => {
    const [method = '', path = ''] = name.split(' ')
    if (!path.includes(':')) literal.add(path)
    // A path that is a route to the letter, as /v1/scans/delete is, is no id for a route with a parameter.
    app.on(method, path, (c) =>
      path !== c.req.path && literal.has(c.req.path) ? serve(c, 'none', refuseMethod) : serve(c, name, make),
    )
  }
  register('GET /healthz', health)
  register('GET /readyz', readinessOf(deps))
  register('GET /openapi.json', createShowOpenapi())
  register('GET /docs', createShowDocs())
  register('GET /problems/:code', showProblem)
  register('POST /hooks/:id', hook)
  for (const [name, handler] of Object.entries(createHandlers(deps.durations)) as [RouteName, Handler][])
    register(name, authenticated(name, handler))

  app.notFound((c) =>
    serve(c, 'none', () => {
      if (allowedMethods(app, c.req.path).length === 0) throw problem('route-not-found')
      return refuseMethod(c)
    }),
  )
  return app
}
