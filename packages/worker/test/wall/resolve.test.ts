import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createResolve } from '../../src/wall/resolve.ts'

const A = 1
const AAAA = 28

/** A DNS server on loopback: `answer` gives the addresses' bytes for a record type, null for SERVFAIL, or says nothing. */
async function dns(answer: (type: number, name: string) => number[][] | null | 'silence'): Promise<string> {
  const server = createSocket('udp4')
  server.on('message', (query, from) => {
    const end = query.indexOf(0, 12) + 5
    const type = query.readUInt16BE(end - 4)
    const name = query.toString('latin1', 13, end - 5)
    const records = answer(type, name)
    if (records === 'silence') return
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

/** A system with this server and hosts file; `ends` lets the look-up of a name answer. */
async function system(server: string, hosts = '') {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-hosts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'hosts'), hosts)
  const asked: string[] = []
  const ends = new Map<string, () => void>()
  const lookup = (name: string) => {
    asked.push(name)
    return new Promise<string[]>((resolve) => ends.set(name, () => resolve(['192.0.2.9'])))
  }
  return { asked, ends, resolve: createResolve([], { servers: [server], hostsFile: join(folder, 'hosts'), lookup }) }
}

test('names whose server is silent hold no look-up of the system, and others are answered', async () => {
  const server = await dns((type, name) => (name.startsWith('silent') ? 'silence' : type === A ? [[192, 0, 2, 1]] : []))
  const { asked, resolve } = await system(server)
  const silent = Array.from({ length: 8 }, (_, n) => resolve(`silent${n}.test`).catch(() => 'none'))
  expect(await resolve('site.test')).toEqual(['192.0.2.1'])
  expect(await Promise.all(silent)).toEqual(silent.map(() => 'none'))
  expect(asked).toEqual([])
})

test('what the servers do not know is looked up as the system does, two names at once and each once', async () => {
  const { asked, ends, resolve } = await system(await dns(() => []))
  const found = ['a', 'a', 'b', 'c'].map((name) => resolve(name))
  await expect.poll(() => asked.toSorted()).toHaveLength(2)
  const [first = ''] = asked
  ends.get(first)?.()
  await expect.poll(() => asked).toHaveLength(3)
  for (const end of ends.values()) end()
  expect(await Promise.all(found)).toEqual(found.map(() => ['192.0.2.9']))
  expect(asked.toSorted()).toEqual(['a', 'b', 'c'])
})

test('a name of the hosts file needs no name server', async () => {
  const { ends, resolve } = await system(
    await dns(() => 'silence'),
    '127.0.0.1 localhost\n192.0.2.9 Site site.test # one\n',
  )
  const found = resolve('site.test')
  await expect.poll(() => [...ends.keys()]).toEqual(['site.test'])
  ends.get('site.test')?.()
  expect(await found).toEqual(['192.0.2.9'])
})

test("the system's hosts file counts when no resolver is given", async () => {
  expect(await createResolve([])('localhost')).toContain('127.0.0.1')
})
