import type { Context } from 'hono'
import { stylePolicy } from '../export/style-policy.ts'
import type { Answer } from '../request/call.ts'
import { tagged } from '../request/etag.ts'

/** `GET /docs`: the OpenAPI document for people, made once a process, on the first request. */
export function createShowDocs(): (c: Context) => Promise<Answer> {
  let page: Promise<{ html: string; policy: string }> | null = null
  const make = async () => {
    const [{ docsPage }, { style }] = await Promise.all([import('../docs/page.ts'), import('../docs/style.ts')])
    return { html: docsPage(), policy: `${await stylePolicy(style)}; frame-ancestors 'none'` }
  }
  return async (c) => {
    page ??= make()
    const { html, policy } = await page
    const answer = await tagged(c.req.header('If-None-Match'), 1, html, 'text/html; charset=utf-8')
    const headers = { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' }
    return { ...answer, headers: { ...answer.headers, ...headers } }
  }
}
