import { isProblemCode, problem } from '@assayer/schema'
import type { Context } from 'hono'
import { style } from '../docs/style.ts'
import { stylePolicy } from '../export/style-policy.ts'
import { requireAccepted } from '../request/accepts.ts'
import type { Answer } from '../request/call.ts'
import { tagged } from '../request/etag.ts'

/** `GET /docs`: the OpenAPI document for people, made once a process, on the first request. */
export function createShowDocs(): (c: Context) => Promise<Answer> {
  let page: Promise<string> | null = null
  const make = async () => (await import('../docs/page.ts')).docsPage()
  return async (c) => {
    page ??= make()
    return await answerWith(c, await page)
  }
}

/** `GET /problems/{code}`: what a problem means, where its `type` leads. */
export async function showProblem(c: Context): Promise<Answer> {
  const code = c.req.param('code') ?? ''
  if (!isProblemCode(code)) throw problem('route-not-found')
  const { problemPage } = await import('../docs/problem-page.ts')
  return await answerWith(c, problemPage(code))
}

async function answerWith(c: Context, html: string): Promise<Answer> {
  requireAccepted(c.req.header('Accept'), 'text/html')
  const answer = await tagged(c.req.header('If-None-Match'), 1, html, 'text/html; charset=utf-8')
  const policy = `${await stylePolicy(style)}; frame-ancestors 'none'`
  const headers = { 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' }
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
