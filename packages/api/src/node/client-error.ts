import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import { renderProblem } from '../problem.ts'
import { requestIdFrom } from '../request/request-id.ts'

type ParserError = Error & { code?: string; rawPacket?: Buffer }

const longestRequestLine = 8192

/** Answers what node's parser refuses before a request exists, as a problem like any other. */
export function answerClientErrors(server: Server, publicUrl: string): void {
  server.on('clientError', (error: ParserError, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const code = codeOf(error)
    const at = { path: '/', requestId: requestIdFrom(undefined) }
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? { detail: 'The request did not arrive in time' } : {}
    const { status, body, headers } = renderProblem(new Problem(code, late), publicUrl, at)
    const text = typeof body === 'string' ? body : ''
    const all = {
      ...headers,
      'Cache-Control': 'no-store',
      'Content-Length': String(Buffer.byteLength(text)),
      'X-Request-Id': at.requestId,
      Connection: 'close',
    }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} ${phrases[status] ?? 'Error'}\r\n${lines.join('')}\r\n${text}`)
    socket.once('error', () => socket.destroy())
  })
}

const phrases: Record<number, string> = {
  400: 'Bad Request',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
}

function codeOf({ code, rawPacket }: ParserError): ProblemCode {
  if (code !== 'HPE_HEADER_OVERFLOW') return 'malformed-request'
  const line = rawPacket?.indexOf('\r\n') ?? 0
  return line === -1 || line > longestRequestLine ? 'uri-too-long' : 'headers-too-large'
}
