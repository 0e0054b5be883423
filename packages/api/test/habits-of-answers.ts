/** What of the contract's habits an answer breaks: those that its status and its path alone decide. */
export function brokenHabits(path: string, status: number, headers: Headers, text: string): string[] {
  const has = (name: string) => headers.has(name)
  const holdsSecret = /"secret":"/.test(text)
  const holdsObject = /"createdBy":/.test(text)
  const caching = headers.get('Cache-Control') ?? ''
  const expected =
    status === 401 || holdsSecret || /^\/(?:healthz|readyz)/.test(path) ? 'no-store' : 'private, no-cache'
  const rules: [boolean, string][] = [
    [has('X-Request-Id'), 'X-Request-Id is missing'],
    [headers.get('X-Content-Type-Options') === 'nosniff', 'nosniff is missing'],
    [status !== 401 || headers.get('WWW-Authenticate') === 'Bearer', 'WWW-Authenticate is missing'],
    [![429, 503].includes(status) || /^[1-9]\d*$/.test(headers.get('Retry-After') ?? ''), 'Retry-After is missing'],
    [status !== 405 || has('Allow'), 'Allow is missing'],
    [status !== 201 || has('Location'), 'Location is missing'],
    [![201, 202].includes(status) || !holdsObject || has('Idempotency-Replayed') || has('ETag'), 'ETag is missing'],
    [![404, 405].includes(status) ? caching === expected : caching !== '', `Cache-Control is ${caching}`],
  ]
  const isRoute = /^\/(?:v1\/|healthz|readyz)/.test(path)
  return isRoute ? rules.filter(([holds]) => !holds).map(([, broken]) => broken) : []
}
