import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createResolveName } from '../../src/node/resolve-name.ts'

let server: Socket
let resolver: string
beforeAll(async () => {
  server = createSocket('udp4')
  server.on('message', (question, from) => {
    const reply = replyTo(question)
    if (reply) server.send(reply, from.port, from.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  resolver = `127.0.0.1:${server.address().port}`
})
afterAll(() => server.close())

/** A reply to one DNS question by the first label of its name: `two` has two A records, `none` does not exist, others stay open. */
function replyTo(question: Buffer): Buffer | null {
  const label = question.subarray(13, 13 + (question[12] ?? 0)).toString()
  const isA = question.readUInt16BE(question.indexOf(0, 12) + 1) === 1
  const known = label === 'two' && isA ? 2 : 0
  if (label !== 'two' && label !== 'none') return null
  const end = question.indexOf(0, 12) + 5
  const head = Buffer.from(question.subarray(0, end))
  head.writeUInt16BE(label === 'none' ? 0x8183 : 0x8180, 2)
  head.writeUInt16BE(known, 6)
  head.writeUInt32BE(0, 8)
  const answer = (last: number) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 192, 0, 2, last])
  return Buffer.concat([head, ...[1, 2].slice(0, known).map(answer)])
}

test('a name has all its addresses, one that does not exist is unresolvable', async () => {
  const resolve = createResolveName([resolver])
  const { signal } = new AbortController()
  expect((await resolve('two.example.com', signal)).toString()).toBe('192.0.2.1,192.0.2.2')
  expect(await resolve('none.example.com', signal)).toBe('unresolvable')
})

test('a resolver that stays silent says nothing of the name, and the signal ends the wait', async () => {
  const stop = new AbortController()
  const asked = createResolveName([resolver])('silent.example.com', stop.signal)
  stop.abort()
  await expect(asked).rejects.toThrow()
})

test("the system's names include those of its hosts file", async () => {
  expect(await createResolveName([])('localhost', new AbortController().signal)).toContain('127.0.0.1')
})
