import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { scanWithStarterSet } from './run-starter-set.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Fewer were no scan: the set's own count, less what Nuclei asks once for several templates. */
const REQUESTS = 40

/** Scans a site that answers like this, and returns what was found as `template matcher`, once each. */
const found = async (answer: (...both: Parameters<RequestListener>) => unknown): Promise<string[]> => {
  let requests = 0
  const target = await serve((...both) => {
    requests += 1
    void answer(...both)
  })
  const findings = await scanWithStarterSet([target], 'http')
  expect(requests).toBeGreaterThanOrEqual(REQUESTS)
  return [...new Set(findings.map((one) => `${one['template-id']} ${one['matcher-name']}`.trim()))].toSorted()
}

// A handbook, say: one page for every path, that quotes what the templates look for.
const shellPage = `<!DOCTYPE html><html><head><title>My shop</title></head><body><div id="app"></div>
<a href="/account">Account</a><a href="/bye">Log out</a><p>PHP Version 8.1, phpinfo(), Index of /, Server uptime: 1</p><pre>
[core]
repositoryformatversion = 0
DB_PASSWORD=of-your-own
-----BEGIN PRIVATE KEY-----
-- MySQL dump 10.13
INSERT INTO shop VALUES (1);
# TYPE orders counter
orders 1
{ "openapi": "3.0.0", "paths": {} }
User-agent: *
Disallow: /admin
Traceback (most recent call last):
</pre></body></html>`

const kept = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=()',
  'set-cookie': ['a=1; Path=/; HttpOnly; SameSite=Lax', 'b=2; Path=/; httponly; samesite=strict'],
  'access-control-allow-origin': 'https://partner.invalid',
  'access-control-allow-credentials': 'true',
  server: 'nginx',
}

test('a site that answers everything with one page and 200 yields its missing headers only', async () => {
  const ids = await found((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(shellPage)
  })
  expect(new Set(ids.map((id) => id.split(' ')[0]))).toEqual(new Set(['assayer-missing-security-headers']))
})

test('the same page sent as plain text, or without a type, yields nothing', async () => {
  expect(
    await found((_request, response) => void response.setHeader('content-type', 'text/plain').end(shellPage)),
  ).toEqual([])
  expect(await found((_request, response) => void response.end(shellPage))).toEqual([])
})

test('a site that answers everything with JSON that repeats the request yields nothing', async () => {
  const ids = await found((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, path: request.url, method: request.method, headers: request.headers }))
  })
  expect(ids).toEqual([])
})

test('a site that answers everything with empty bytes yields nothing', async () => {
  const ids = await found((_request, response) => {
    response.setHeader('content-type', 'application/octet-stream').end()
  })
  expect(ids).toEqual([])
})

test('a site that sends everything elsewhere, with the path and query kept, yields nothing', async () => {
  const ids = await found((request, response) => {
    response
      .writeHead(302, { location: `https://www.shop.invalid${request.url}`, 'set-cookie': kept['set-cookie'] })
      .end()
  })
  expect(ids).toEqual([])
})

test('a site that sends everyone to its sign-in page, with the way back in the query, yields nothing', async () => {
  const ids = await found((request, response) => {
    const way = encodeURIComponent(request.url ?? '')
    response.writeHead(302, { location: `/login?next=${way}`, 'set-cookie': kept['set-cookie'] }).end()
  })
  expect(ids).toEqual([])
})

test('a well-kept site with all headers, flags and fixed origins yields nothing', async () => {
  const ids = await found((request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, { ...kept, 'content-type': 'text/html' }).end(shellPage)
  })
  expect(ids).toEqual([])
})

test('one cookie of two without the flags, and a wildcard origin with credentials, are found', async () => {
  const ids = await found((_request, response) => {
    const cookies = ['a=1; HttpOnly; SameSite=Lax', 'b=2']
    response.writeHead(200, { ...kept, 'set-cookie': cookies, 'access-control-allow-origin': '*' }).end()
  })
  expect(ids).toEqual([
    'assayer-cookie-flags http-only',
    'assayer-cookie-flags same-site',
    'assayer-cors-any-origin wildcard',
  ])
})

test('a sign-in at /login that answers admin and admin with a page to log out of is found', async () => {
  const ids = await found(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const inside = request.url === '/login' && body === 'username=admin&password=admin'
    response.writeHead(200, kept).end(inside ? '<a href="/bye">Log out</a>' : '<input type="password">')
  })
  expect(ids).toEqual(['assayer-default-login signed-in-page'])
})

test('a site that lets in every password yields no default login', async () => {
  const ids = await found((request, response) => {
    request.resume()
    const body = request.method === 'POST' ? '<a href="/bye">Log out</a>' : ''
    response.writeHead(200, kept).end(body)
  })
  expect(ids).toEqual([])
})
