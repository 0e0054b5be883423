import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { createHistogram } from 'node:perf_hooks'

export type Order = {
  port: number
  method: string
  path: string
  headers: Record<string, string>
  body: string | null
  connections: number
  seconds: number
  /** Requests a second over all connections, by the clock whether answered or not; null: each connection asks as soon as it was answered. */
  rate: number | null
}
/** Counts of answers by class, and times in ms of those that were 2xx, from when each was due. */
export type Load = {
  seconds: number
  ok: number
  shed: number
  refused: number
  broken: number
  p50: number
  p99: number
  max: number
}

type Line = { socket: Socket; dueAt: number | null }

/** Loads one route of 127.0.0.1 over kept-alive connections, reading no more of an answer than its end needs. */
export async function generate(order: Order): Promise<Load> {
  const request = Buffer.from(textOf(order))
  const times = createHistogram()
  const counts = { ok: 0, shed: 0, refused: 0, broken: 0 }
  const idle: Line[] = []
  const waiting: number[] = []
  const lines = new Set<Line>()
  let over = false

  const send = (line: Line, dueAt: number) => {
    line.dueAt = dueAt
    line.socket.write(request)
  }
  const answered = (line: Line, status: number) => {
    const { dueAt } = line
    line.dueAt = null
    if (over || dueAt === null) return
    if (status < 300) {
      counts.ok++
      times.record(Math.max(1, Math.round((performance.now() - dueAt) * 1000)))
    } else if (status === 503 || status === 429) counts.shed++
    else counts.refused++
    const due = order.rate === null ? performance.now() : waiting.shift()
    if (due === undefined) idle.push(line)
    else send(line, due)
  }
  const open = async (): Promise<void> => {
    const socket = connect(order.port, '127.0.0.1')
    const line: Line = { socket, dueAt: null }
    socket.setNoDelay(true)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    lines.add(line)
    socket.on('error', () => {})
    socket.on('close', () => {
      lines.delete(line)
      if (over) return
      counts.broken++
      void open().catch(() => {})
    })
    readAnswers(socket, (status) => answered(line, status))
    if (order.rate === null) send(line, performance.now())
    else idle.push(line)
  }

  await Promise.all(Array.from({ length: order.connections }, open))
  const since = performance.now()
  await tick(order, since, (dueAt) => {
    const line = idle.pop()
    if (line) send(line, dueAt)
    else waiting.push(dueAt)
  })
  over = true
  const seconds = (performance.now() - since) / 1000
  for (const { socket } of lines) socket.destroy()
  const ms = (value: number) => value / 1000
  const p = (percent: number) => ms(times.percentile(percent))
  return { seconds, ...counts, p50: p(50), p99: p(99), max: ms(times.max) }
}

/** Calls `due` for each request of a rate at its time, or only waits; resolves when the seconds are over. */
function tick({ seconds, rate }: Order, since: number, due: (at: number) => void): Promise<void> {
  let given = 0
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now()
      for (; rate !== null && since + (given * 1000) / rate <= now; given++) due(since + (given * 1000) / rate)
      if (now - since < seconds * 1000) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
}

function textOf({ method, path, headers, body }: Order): string {
  const all = {
    Host: '127.0.0.1',
    ...headers,
    ...(body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

/** One answer after the other, each with a Content-Length; any other form ends the connection. */
function readAnswers(socket: Socket, answered: (status: number) => void): void {
  let head = ''
  let left = 0
  let status = 0
  socket.on('data', (chunk: Buffer) => {
    if (left > 0) {
      left -= chunk.length
      if (left === 0) answered(status)
      else if (left < 0) socket.destroy()
      return
    }
    head += chunk.toString('latin1')
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, end))?.[1]
    status = Number(head.slice(9, 12))
    left = Number(length ?? Number.NaN) - (head.length - end - 4)
    head = ''
    if (left === 0) answered(status)
    else if (!(left > 0)) socket.destroy()
  })
}
