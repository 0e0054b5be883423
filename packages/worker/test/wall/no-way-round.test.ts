import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nucleiArguments, wallUrl } from '../../src/nuclei/arguments.ts'
import { makeFolder } from '../../src/nuclei/folder.ts'
import { spawnNuclei } from '../../src/nuclei/spawn.ts'

const throughWall = new Set<number>()
const arrived: number[] = []
let wall: Server
let site: Server
let folder: string
const portOf = (server: Server) => (server.address() as AddressInfo).port

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-round-'))
  // What speaks TLS badly is asked again and again, in every way that Nuclei has.
  site = createServer((socket) => {
    arrived.push(socket.remotePort ?? 0)
    socket.on('error', () => {}).on('data', () => socket.destroy())
  }).listen(0, '127.0.0.1')
  wall = createServer((socket) => {
    const steps = [
      () => socket.write(Buffer.from([5, 2])),
      () => socket.write(Buffer.from([1, 0])),
      (request: Buffer) => {
        const out = connect(request.readUInt16BE(request.length - 2), '127.0.0.1', () => {
          throughWall.add(out.localPort ?? 0)
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          socket.pipe(out).pipe(socket)
        })
        out.on('error', () => socket.destroy())
      },
    ]
    socket.on('error', () => {}).on('data', (data: Buffer) => steps.shift()?.(data))
  }).listen(0, '127.0.0.1')
  await Promise.all([once(site, 'listening'), once(wall, 'listening')])
})
afterAll(async () => {
  site.close()
  wall.close()
  await rm(folder, { recursive: true, force: true })
})

const templates = {
  'an ssl template whose TLS fails': () =>
    'ssl:\n  - address: "{{Hostname}}"\n    matchers: [{ type: word, words: [x] }]\n',
  'the helper function jarm': (port: number) =>
    `tcp:\n  - host: ["{{Hostname}}"]\n    inputs: [{ data: "{{jarm('127.0.0.1:${port}')}}" }]\n    matchers: [{ type: word, words: [x] }]\n`,
}

test.each(Object.entries(templates))('%s connects through the wall alone', async (_, text) => {
  const binary = process.env['NUCLEI_PATH']
  if (binary === undefined) throw new Error('NUCLEI_PATH is missing: run the tests by `npx -y pnpm@12 test`')
  arrived.length = 0
  const file = join(folder, 'round.yaml')
  await writeFile(file, `id: round\ninfo: { name: Round, author: x, severity: info }\n${text(portOf(site))}`)
  const own = await makeFolder(folder, null)
  const passage = { port: portOf(wall), user: 'attempt', password: 'secret' }
  const args = await nucleiArguments(
    {
      folder: own.path,
      lines: [`127.0.0.1:${portOf(site)}`],
      protocols: ['ssl', 'tcp'],
      templatesRoot: folder,
      templateFiles: [file],
      wall: passage,
      resolvers: [],
      publicOnly: false,
      userAgent: null,
    },
    {
      limits: { ...defaultLimits, timeoutSeconds: 2, retries: 0 },
      evidence: 'none',
      origin: 'starter',
      memoryKills: 0,
    },
  )
  const run = spawnNuclei({
    binary,
    args,
    env: { ...own.env, HTTP_PROXY: wallUrl(passage) },
    cwd: own.path,
    maxLineBytes: 65_536,
    maxBytes: 1_048_576,
    onFinding: () => {},
    onMessage: () => {},
  })
  expect(await run.ended).toMatchObject({ kind: 'exited', code: 0 })
  expect(arrived.length).toBeGreaterThan(2)
  expect(arrived.filter((port) => !throughWall.has(port))).toEqual([])
})
