import { createHash } from 'node:crypto'
import { createLog } from '@assayer/schema'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { requestDurations } from '../src/metrics/request-duration.ts'
import { document } from './conform.ts'

const app = createApp({ log: createLog('api', 'silent'), durations: requestDurations(), publicUrl: '' } as Deps)

test('the page shows each operation and component, runs nothing and loads nothing', async () => {
  const response = await app.request('/docs')
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  const html = await response.text()
  const ids = [...html.matchAll(/<article id="([^"]+)"/g)].map(([, id = '']) => id)
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const components = Object.keys(document.components.schemas).map((name) => `schema-${name}`)
  expect(ids.toSorted()).toEqual([...operations.map(({ operationId }) => operationId), ...components].toSorted())
  expect(html).not.toMatch(
    /<script|<link|<img|<iframe|<form|\s(?:src|on\w+|style)=|url\(|@import|href="(?!#|openapi\.json")/,
  )
  const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to)
  for (const to of links) expect(html).toContain(`id="${to}"`)
})

test('its policy lets its own style sheet in and nothing else', async () => {
  const response = await app.request('/docs')
  const style = /<style>(.*)<\/style>/s.exec(await response.text())?.[1] ?? ''
  const digest = createHash('sha256').update(style).digest('base64')
  expect(response.headers.get('Content-Security-Policy')).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
})

test('it is not sent again to whoever has it', async () => {
  const tag = (await app.request('/docs')).headers.get('ETag') ?? ''
  expect((await app.request('/docs', { headers: { 'If-None-Match': tag } })).status).toBe(304)
})
