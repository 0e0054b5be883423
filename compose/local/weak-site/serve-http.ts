import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AccessLog } from './access-log.ts'
import { exposedFiles } from './exposed-files.ts'
import { htmlPage, loginForm, openPages, type Page, redirectTo, stackTrace } from './pages.ts'

const BODY_LIMIT = 8 * 1024
const notFound = htmlPage('404 Not Found', '<h1>Not Found</h1>', 404)

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) return new URLSearchParams()
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

const signIn = (form: URLSearchParams): Page =>
  form.get('username') === 'admin' && form.get('password') === 'admin'
    ? {
        ...redirectTo('/admin/dashboard'),
        headers: { location: '/admin/dashboard', 'set-cookie': 'staff=fake; Path=/' },
      }
    : loginForm('Wrong user name or password.')

const findPage = (url: URL): Page => {
  if (url.pathname === '/redirect') return redirectTo(encodeURI(url.searchParams.get('url') ?? '/'))
  if (url.pathname === '/api/account') return { status: 200, type: 'application/json', body: '{"name":"Nobody Real"}' }
  if (url.pathname.startsWith('/api/')) return { ...stackTrace, status: 500 }
  return openPages[url.pathname] ?? exposedFiles[url.pathname] ?? notFound
}

const weakHeaders = (request: IncomingMessage): Record<string, string> => ({
  server: 'Apache/2.2.15 (Unix)',
  'x-powered-by': 'PHP/5.3.3',
  'set-cookie': 'session=fake-session; Path=/',
  'access-control-allow-origin': request.headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
})

const send = (request: IncomingMessage, response: ServerResponse, page: Page): void => {
  response.writeHead(page.status, { ...weakHeaders(request), 'content-type': page.type, ...page.headers })
  response.end(request.method === 'HEAD' ? undefined : page.body)
}

/** Answers HTTP with every weakness of the site: no request changes anything, each is recorded. */
export function answerHttp(log: AccessLog): RequestListener {
  return (request, response) => {
    const path = request.url ?? ''
    const { method = '', headers, socket } = request
    log.record({ port: socket.localPort ?? 0, method, path, host: headers.host ?? null })
    const url = URL.parse(path, 'http://weak-site.invalid')
    if (url === null) return send(request, response, { ...notFound, status: 400 })
    if (method !== 'POST' || url.pathname !== '/admin/login') return send(request, response, findPage(url))
    readForm(request).then(
      (form) => send(request, response, signIn(form)),
      () => response.destroy(),
    )
  }
}

/** The plain HTTP server; bytes that are no HTTP are recorded and answered with 400. */
export function createHttpServer(log: AccessLog): Server {
  return createServer(answerHttp(log)).on('clientError', (_error, socket) => {
    const port = 'localPort' in socket && typeof socket.localPort === 'number' ? socket.localPort : 0
    log.record({ port, method: 'MALFORMED', path: '', host: null })
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
}
