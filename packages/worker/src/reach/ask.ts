import { once } from 'node:events'
import { connect, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { SocksClient } from 'socks'
import { connect as connectTls } from 'node:tls'

export type Wall = { port: number; user: string; password: string }
/** What answered: HTTP inside TLS, plain HTTP, something else that speaks, or nothing. */
export type Answer = 'https' | 'http' | 'other' | 'silent'

/** Asks host:port through the wall what it speaks: TLS first, then plain HTTP, each with the deadline. */
export async function askWhatSpeaks(
  wall: Wall,
  host: string,
  port: number,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const secure = await ask(wall, { host, port, deadlineMs, tls: true }, signal)
  if (secure === 'http') return 'https'
  const plain = await ask(wall, { host, port, deadlineMs, tls: false }, signal)
  if (plain === 'http') return 'http'
  return secure === 'other' || plain === 'other' ? 'other' : 'silent'
}

export type Question = { host: string; port: number; deadlineMs: number; tls: boolean }

/**
 * One connection through the wall with one `GET /`: HTTP, other bytes (a finished TLS handshake counts), or silence. An
 * aborted `stopping` ends it at once, as silence.
 */
export async function ask(wall: Wall, question: Question, stopping: AbortSignal): Promise<'http' | 'other' | 'silent'> {
  if (stopping.aborted) return 'silent'
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(question.deadlineMs)])
  const socket = connect({ host: '127.0.0.1', port: wall.port })
  const hangUp = () => void socket.destroy()
  socket.on('error', () => {})
  signal.addEventListener('abort', hangUp, { once: true })
  try {
    await once(socket, 'connect', { signal })
    await SocksClient.createConnection({
      proxy: { host: '127.0.0.1', port: wall.port, type: 5, userId: wall.user, password: wall.password },
      command: 'connect',
      destination: { host: question.host, port: question.port },
      timeout: question.deadlineMs,
      existing_socket: socket,
    })
    return await firstWords(socket, question, signal)
  } catch {
    return 'silent'
  } finally {
    signal.removeEventListener('abort', hangUp)
    socket.destroy()
  }
}

function firstWords(raw: Socket, question: Question, signal: AbortSignal): Promise<'http' | 'other' | 'silent'> {
  return new Promise((resolve) => {
    let shaken = false
    let head = Buffer.alloc(0)
    const done = () =>
      resolve(
        head.subarray(0, 5).toString('latin1') === 'HTTP/' ? 'http' : shaken || head.length > 0 ? 'other' : 'silent',
      )
    const greet = (socket: Socket) => {
      const name = question.host.includes(':') ? `[${question.host}]` : question.host
      socket.write(
        `GET / HTTP/1.1\r\nHost: ${name}:${question.port}\r\nUser-Agent: assayer\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
      )
      socket.on('data', (chunk: Buffer) => {
        head = Buffer.concat([head, chunk]).subarray(0, 16)
        if (head.length >= 5) done()
      })
      socket.once('close', done)
    }
    signal.addEventListener('abort', done, { once: true })
    raw.once('close', done)
    if (!question.tls) return greet(raw)
    const servername = isIP(question.host) === 0 ? { servername: question.host } : {}
    const secure = connectTls({ socket: raw, rejectUnauthorized: false, minVersion: 'TLSv1', ...servername }, () => {
      shaken = true
      greet(secure)
    })
    secure.on('error', done)
  })
}
