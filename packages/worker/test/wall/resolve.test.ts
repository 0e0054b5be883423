import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createResolve } from '../../src/wall/resolve.ts'

const A = 1
const AAAA = 28

/** A DNS server on loopback: `answer` gives the addresses' bytes for a record type, or null for SERVFAIL. */
async function dns(answer: (type: number) => number[][] | null): Promise<string> {
  const server = createSocket('udp4')
  server.on('message', (query, from) => {
    const end = query.indexOf(0, 12) + 5
    const type = query.readUInt16BE(end - 4)
    const records = answer(type)
    const header = [
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      records ? 0x80 : 0x82,
      0,
      1,
      0,
      records?.length ?? 0,
      0,
      0,
      0,
      0,
    ]
    const body = (records ?? []).flatMap((address) => [
      0xc0,
      12,
      0,
      type,
      0,
      1,
      0,
      0,
      0,
      60,
      0,
      address.length,
      ...address,
    ])
    server.send(Buffer.from([...header, ...query.subarray(12, end), ...body]), from.port, from.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${server.address().port}`
}

test('the given resolvers are asked for both families, IPv4 first', async () => {
  const six = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  const server = await dns((type) =>
    type === A
      ? [
          [192, 0, 2, 1],
          [192, 0, 2, 2],
        ]
      : type === AAAA
        ? [six]
        : [],
  )
  const addresses = await createResolve([server])('site.test')
  expect(addresses.slice(0, 2).toSorted()).toEqual(['192.0.2.1', '192.0.2.2'])
  expect(addresses[2]).toBe('2001:db8::1')
})

test('a name of one family has those addresses', async () => {
  const server = await dns((type) => (type === A ? [[192, 0, 2, 1]] : []))
  expect(await createResolve([server])('site.test')).toEqual(['192.0.2.1'])
})

test('half an answer is none, and neither is an empty one', async () => {
  const half = await dns((type) => (type === A ? null : [[0x20, 1, ...Array.from({ length: 14 }, () => 0)]]))
  await expect(createResolve([half])('site.test')).rejects.toThrow()
  const empty = await dns(() => [])
  await expect(createResolve([empty])('site.test')).rejects.toThrow('no address')
})

test("the system's hosts file counts when no resolver is given", async () => {
  expect(await createResolve([])('localhost')).toContain('127.0.0.1')
})
