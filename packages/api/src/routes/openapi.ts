import type { Context } from 'hono'
import { requireAccepted } from '../request/accepts.ts'
import type { Answer } from '../request/call.ts'
import { tagged } from '../request/etag.ts'

/** `GET /openapi.json`: the document that is checked in, loaded and written out once a process, on the first request. */
export function createShowOpenapi(): (c: Context) => Promise<Answer> {
  let text: Promise<string> | null = null
  const load = async () => {
    const { default: document } = await import('../../openapi.json', { with: { type: 'json' } })
    return JSON.stringify(document)
  }
  return async (c) => {
    requireAccepted(c.req.header('Accept'), 'application/json')
    text ??= load()
    const answer = await tagged(c.req.header('If-None-Match'), 1, await text, 'application/json')
    return { ...answer, headers: { ...answer.headers, 'Cache-Control': 'no-cache' } }
  }
}
