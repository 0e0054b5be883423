import { createLog, Problem, problems } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { prose } from '../src/docs/text.ts'
import { requestDurations } from '../src/metrics/request-duration.ts'
import { renderProblem } from '../src/problem.ts'
import { nonconformity } from './conform.ts'

const app = createApp({ log: createLog('api', 'silent'), durations: requestDurations(), publicUrl: '' } as Deps)

async function follow(path: string, headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers })
  const text = await response.text()
  expect(nonconformity('GET', path, response.status, response.headers, text)).toEqual([])
  return { status: response.status, headers: response.headers, text }
}

const typeOf = (code: ProblemCode): string => {
  const { body } = renderProblem(new Problem(code), '', { path: '/', requestId: 'r' })
  return (JSON.parse(typeof body === 'string' ? body : '') as { type: string }).type
}

test.each(Object.keys(problems) as ProblemCode[])('the type of %s leads to a page on it', async (code) => {
  const { status, headers, text } = await follow(typeOf(code))
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8'])
  const [number, title, about] = problems[code]
  for (const part of [`<code>${code}</code>`, `>${number}<`, `<h1>${title}</h1>`, prose(about).html])
    expect(text).toContain(part)
  expect(text).not.toMatch(
    /<script|<link|<img|<iframe|<form|\s(?:src|on\w+|style)=|url\(|@import|href="(?![a-z-]+"|\.\.\/docs")/,
  )
})

test('each page has the policy of the docs, and leads to all others', async () => {
  const { headers, text } = await follow(typeOf('in-use'))
  const policy = headers.get('Content-Security-Policy')
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(policy).toBe((await follow('/docs')).headers.get('Content-Security-Policy'))
  const links = [...text.matchAll(/href="([a-z-]+)"/g)].map(([, to = '']) => to)
  expect(links.toSorted()).toEqual(Object.keys(problems).toSorted())
})

test.each(['nothing', 'In-Use', 'constructor', '__proto__', 'in-use%20'])('/problems/%s is none: 404', async (code) => {
  const { status, text } = await follow(`/problems/${code}`)
  expect([status, JSON.parse(text)]).toMatchObject([404, { code: 'route-not-found' }])
})

test('a page is not sent again to whoever has it, nor to who takes no HTML', async () => {
  const tag = (await follow(typeOf('internal'))).headers.get('ETag') ?? ''
  expect((await follow(typeOf('internal'), { 'If-None-Match': tag })).status).toBe(304)
  expect((await follow(typeOf('internal'), { Accept: 'application/json' })).status).toBe(406)
})
