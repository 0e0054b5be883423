import { problem } from '@assayer/schema'

/** True when an `Accept` header lets the media type pass (RFC 9110, 12.5.1); no header lets everything pass. */
export function accepts(header: string | undefined, media: string): boolean {
  if (header === undefined || header.trim() === '') return true
  const [kind = ''] = media.split('/')
  const ranks = [media, `${kind}/*`, '*/*']
  let best = { rank: ranks.length, quality: 0 }
  for (const part of header.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const rank = ranks.indexOf(range)
    const quality = Number(parameters.find((piece) => piece.startsWith('q='))?.slice(2) ?? 1)
    if (rank !== -1 && rank < best.rank) best = { rank, quality }
  }
  return best.quality > 0
}

/** Refuses a request that does not take the route's media type. */
export function requireAccepted(header: string | undefined, media: string): void {
  if (!accepts(header, media)) throw problem('not-acceptable', { detail: `This route answers with ${media}` })
}
