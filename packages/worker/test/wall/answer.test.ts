import { expect, test } from 'vitest'
import { watchAnswers } from '../../src/wall/answer.ts'

const text = (value: string) => Buffer.from(value)
const record = (type: number, length: number) =>
  Buffer.from([type, 3, 3, length >> 8, length & 255, ...Buffer.alloc(length)])
const hello = record(22, 200)
const data = (length = 64) => record(23, length)
const cipher = record(20, 1)
const closeNotify = record(23, 19)

test('an HTTP status answers, in whatever pieces it comes', () => {
  const watch = watchAnswers()
  expect(watch.fromClient(text('GET / HTTP/1.1\r\n\r\n'), 0).requestAt).toBe(0)
  expect(watch.fromServer(text('HTT'), 0)).toEqual([])
  expect(watch.fromServer(text('P/1.1 200 OK'), 0)).toEqual(['answer'])
})

test('what only looks like HTTP, and what nobody asked for, is another answer', () => {
  const ssh = watchAnswers()
  expect(ssh.fromServer(text('SSH-2.0'), 0)).toEqual(['other'])
  const ftp = watchAnswers()
  ftp.fromClient(text('GET /'), 0)
  expect(ftp.fromServer(text('HTTP'), 0)).toEqual([])
  expect(ftp.fromServer(text('S is spoken elsewhere'), 0)).toEqual(['other'])
  expect(watchAnswers().fromServer(text('HTTP/1.1 408'), 0)).toEqual(['other'])
})

test('a request begins where the client speaks after the server', () => {
  const watch = watchAnswers()
  expect(watch.fromClient(text('GET /1'), 0).requestAt).toBe(0)
  expect(watch.fromClient(text(' HTTP/1.1'), 0).requestAt).toBeNull()
  watch.fromServer(text('HTTP/1.1 200'), 0)
  expect(watch.fromClient(text('GET /2'), 0).requestAt).toBe(0)
})

test('TLS 1.2: the first application data asks, what comes back answers', () => {
  const watch = watchAnswers()
  watch.fromClient(hello, 0)
  expect(watch.fromServer(Buffer.concat([hello, hello]), 0)).toEqual([])
  watch.fromClient(Buffer.concat([hello, cipher, hello]), 0)
  expect(watch.fromServer(Buffer.concat([cipher, hello]), 0)).toEqual(['tls-handshake'])
  expect(watch.fromClient(data(), 0).requestAt).toBe(0)
  expect(watch.holdMs(0)).toBe(0)
  watch.released()
  expect(watch.fromServer(data(), 0)).toEqual(['answer'])
})

test('TLS 1.2 resumed: the server finishes first', () => {
  const watch = watchAnswers()
  watch.fromClient(hello, 0)
  expect(watch.fromServer(Buffer.concat([hello, cipher, hello]), 0)).toEqual(['tls-handshake'])
  expect(watch.fromClient(Buffer.concat([cipher, hello, data()]), 0).requestAt).toBe(cipher.length + hello.length)
})

test('TLS 1.3: tickets that come before the request is released are no answer', () => {
  const watch = watchAnswers()
  watch.fromClient(hello, 100)
  expect(watch.fromServer(Buffer.concat([hello, cipher, data(), data()]), 140)).toEqual([])
  const { requestAt, signs } = watch.fromClient(Buffer.concat([cipher, data(), data(150)]), 200)
  expect(signs).toEqual(['tls-handshake', 'asked'])
  expect(requestAt).toBe(cipher.length + data().length)
  // One and a half times the 40 ms that the server's hello took.
  expect(watch.holdMs(200)).toBe(60)
  expect(watch.holdMs(250)).toBe(10)
  expect(watch.fromServer(Buffer.concat([data(250), data(250)]), 230)).toEqual([])
  watch.released()
  expect(watch.fromServer(closeNotify, 300)).toEqual([])
  expect(watch.fromServer(data(500), 300)).toEqual(['answer'])
})

test('TLS 1.3: the hold has a lower and an upper bound', () => {
  for (const [helloMs, holdMs] of [
    [1, 25],
    [10_000, 500],
  ] as const) {
    const watch = watchAnswers()
    watch.fromClient(hello, 0)
    watch.fromServer(Buffer.concat([hello, data()]), helloMs)
    watch.fromClient(Buffer.concat([data(), data()]), helloMs)
    expect(watch.holdMs(helloMs)).toBe(holdMs)
  }
})

test('TLS 1.3: a hello retry is no handshake, a good-bye no request', () => {
  const watch = watchAnswers()
  watch.fromClient(hello, 0)
  expect(watch.fromServer(Buffer.concat([hello, cipher]), 0)).toEqual([])
  watch.fromClient(Buffer.concat([cipher, hello]), 0)
  expect(watch.fromServer(Buffer.concat([hello, data()]), 0)).toEqual([])
  expect(watch.fromClient(data(), 0)).toEqual({ requestAt: null, signs: ['tls-handshake'] })
  expect(watch.fromClient(closeNotify, 0).requestAt).toBeNull()
})

test('an alert or plain text in reply to a TLS hello is another answer', () => {
  for (const reply of [record(21, 2), text('HTTP/1.1 400 Bad Request')]) {
    const watch = watchAnswers()
    watch.fromClient(hello, 0)
    expect(watch.fromServer(reply, 0)).toEqual(['other'])
  }
})

test('a request counts as asked only where it is HTTP, and only where the connection began with it', () => {
  const signs = (...chunks: string[]) => {
    const watch = watchAnswers()
    return chunks.flatMap((chunk) => watch.fromClient(Buffer.from(chunk), 0).signs)
  }
  expect(signs('GET / HTTP/1.1\r\n\r\n', 'GET /again HTTP/1.1\r\n\r\n')).toEqual(['asked'])
  expect(signs('stats\r\n')).toEqual([])
  expect(signs('\r\n', 'GET / HTTP/1.1\r\n\r\n')).toEqual([])
})
