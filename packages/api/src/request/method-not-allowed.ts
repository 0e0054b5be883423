import type { Hono } from 'hono'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The methods a path has, HEAD where GET is; none for a path without a route. */
export const allowedMethods = (app: Hono, path: string): string[] =>
  methods
    .filter((method) => app.router.match(method, path)[0].length > 0)
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
