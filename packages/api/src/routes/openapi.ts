import type { Context } from 'hono'
import document from '../../openapi.json' with { type: 'json' }
import type { Answer } from '../request/call.ts'
import { tagged } from '../request/etag.ts'

/** `GET /openapi.json`: the document that is checked in, written out once a process. */
export function createShowOpenapi(): (c: Context) => Promise<Answer> {
  let text: string | null = null
  return async (c) => {
    text ??= JSON.stringify(document)
    const answer = await tagged(c.req.header('If-None-Match'), 1, text, 'application/json')
    return { ...answer, headers: { ...answer.headers, 'Cache-Control': 'no-cache' } }
  }
}
