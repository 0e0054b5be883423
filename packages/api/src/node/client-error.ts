import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import { renderProblem } from '../problem.ts'
import { requestIdFrom } from '../request/request-id.ts'

type ParserError = Error & { code?: string; rawPacket?: Buffer }

const longestRequestLine = 8192

/** Answers what node refuses or drops before anybody sees a request, as a problem like any other. */
export function answerClientErrors(server: Server, publicUrl: string): void {
  server.on('clientError', (error: ParserError, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? { detail: 'The request did not arrive in time' } : {}
    sendRaw(socket, closingAnswer(new Problem(codeOf(error), late), publicUrl))
  })
  server.on('connect', (_, socket: Duplex) => {
    const refused = new Problem('method-not-allowed', { headers: { Allow: 'GET, HEAD, POST, PATCH, DELETE' } })
    sendRaw(socket, closingAnswer(refused, publicUrl))
  })
  server.on('checkExpectation', (_, response: ServerResponse) => {
    sendProblem(response, new Problem('malformed-request', { detail: 'Expect may only be 100-continue' }), publicUrl)
  })
}

/** Why a request is refused before anybody reads it (RFC 9112, 3.2); null when it is not. HTTP/1.0 needs no host: some probes send none. */
export function hostFlaw({ rawHeaders, httpVersion }: IncomingMessage): Problem | null {
  const hosts = rawHeaders.filter(
    (name, at) => name.length === 4 && at % 2 === 0 && name.toLowerCase() === 'host',
  ).length
  if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) return null
  return new Problem('malformed-request', { detail: 'A request has one Host header' })
}

/** Answers a request by a problem and closes its connection. */
export function sendProblem(response: ServerResponse, problem: Problem, publicUrl: string): void {
  const { status, text, headers } = closingAnswer(problem, publicUrl)
  response.writeHead(status, headers).end(text)
}

type Closing = { status: number; text: string; headers: Record<string, string> }

function closingAnswer(problem: Problem, publicUrl: string): Closing {
  const requestId = requestIdFrom(undefined)
  const { status, body, headers } = renderProblem(problem, publicUrl, { path: '/', requestId })
  const text = typeof body === 'string' ? body : ''
  return {
    status,
    text,
    headers: {
      ...headers,
      'Cache-Control': 'no-store',
      'Content-Length': String(Buffer.byteLength(text)),
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
      Connection: 'close',
    },
  }
}

function sendRaw(socket: Duplex, { status, text, headers }: Closing): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${lines.join('')}\r\n${text}`)
}

function codeOf({ code, rawPacket }: ParserError): ProblemCode {
  if (code !== 'HPE_HEADER_OVERFLOW') return 'malformed-request'
  const line = rawPacket?.indexOf('\r\n') ?? 0
  return line === -1 || line > longestRequestLine ? 'uri-too-long' : 'headers-too-large'
}
