import type { Hono } from 'hono'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * The methods a path has, HEAD where GET is; none for a path without a route. A path that is a route to the letter has none
 * of those with a parameter.
 */
export function allowedMethods(app: Hono, path: string): string[] {
  const exact = app.routes.filter((route) => route.path === path)
  return methods
    .filter((method) =>
      exact.length > 0 ? exact.some((route) => route.method === method) : app.router.match(method, path)[0].length > 0,
    )
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
