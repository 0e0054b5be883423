import { problem } from '@assayer/schema'
import type { ProblemError } from '@assayer/schema'

const most = 100

/**
 * Refuses an address that cannot be read: with a parameter in the path of its route, or a part of its query, that is no UTF-8 in
 * percent-encoding (RFC 3986, 2.1 and 2.5). A decoder would put another text in its place.
 */
export function requireReadable(url: string, route: string): void {
  if (!url.includes('%')) return
  const [address = '', ...query] = url.split('?')
  const names = (route.split(' ')[1] ?? '').split('/').slice(1)
  const inPath = address
    .split('/')
    .slice(3)
    .flatMap((part, at) => {
      const name = names[at] ?? ''
      return name.startsWith(':') && !isReadable(part) ? [errorFor('path', name.slice(1))] : []
    })
  const unreadable = query
    .join('?')
    .split('&')
    .filter((pair) => !isReadable(pair))
    .flatMap((pair) => [...new URLSearchParams(pair).keys()])
  const inQuery = [...new Set(unreadable)].map((name) => errorFor('query', name.slice(0, 100).toWellFormed()))
  const errors = [...inPath, ...inQuery]
  if (errors.length > 0) throw problem('malformed-request', { errors: errors.slice(0, most) })
}

function isReadable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}

const errorFor = (where: 'path' | 'query', name: string): ProblemError => ({
  in: where,
  name,
  code: 'encoding',
  message: 'must be UTF-8 in percent-encoding',
})
