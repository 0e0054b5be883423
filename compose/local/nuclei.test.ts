import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { findNuclei } from './nuclei.ts'
import { silent } from './say.ts'
import { makeZip } from './zip-for-tests.ts'

const says = (version: string) => `#!/bin/sh\necho '[\x1b[34mINF\x1b[0m] Nuclei Engine Version: v${version}' >&2\n`
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-test-'))
  await mkdir(join(folder, 'bin'))
  return () => rm(folder, { recursive: true, force: true })
})

async function program(text: string): Promise<string> {
  const path = join(folder, 'bin/nuclei')
  await writeFile(path, text, { mode: 0o755 })
  return path
}

/** Looks with an empty PATH but for our folder, an empty cache, and the given release. */
function find(release: { url: string; sha256: string } | null, path?: string) {
  return findNuclei({ path, say: silent, release, env: { PATH: join(folder, 'bin'), XDG_CACHE_HOME: folder } })
}

async function serveRelease(text: string): Promise<{ url: string; sha256: string; requests: () => number }> {
  const zip = makeZip('nuclei', Buffer.from(text))
  let requests = 0
  const server = createServer((_request, response) => {
    requests++
    response.end(zip)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, sha256: createHash('sha256').update(zip).digest('hex'), requests: () => requests }
}

test('NUCLEI_PATH counts when its version fits', async () => {
  const path = await program(says('3.12.0'))
  expect(await find(null, path)).toEqual({ path, version: '3.12.0', how: 'env' })
})

test('NUCLEI_PATH with an old Nuclei is an error that names its version', async () => {
  await expect(find(null, await program(says('3.9.0')))).rejects.toThrow(/Nuclei 3\.9\.0: use 3\.11\.1 or newer/)
})

test('NUCLEI_PATH with another program is an error', async () => {
  await expect(find(null, await program('#!/bin/sh\necho hello\n'))).rejects.toThrow('does not answer -version')
})

test('NUCLEI_PATH with nothing there is an error', async () => {
  await expect(find(null, join(folder, 'nowhere'))).rejects.toMatchObject({ name: 'LocalError', message: /no program/ })
})

test('a fitting Nuclei on PATH is taken', async () => {
  const path = await program(says('3.11.1'))
  expect(await find(null)).toEqual({ path, version: '3.11.1', how: 'path' })
})

test('with an old one on PATH the release fills the cache, once', async () => {
  await program(says('3.11.0'))
  const release = await serveRelease(says('3.11.1'))
  expect(await find(release)).toMatchObject({ how: 'release', version: '3.11.1' })
  expect(await find(release)).toMatchObject({ how: 'cache', version: '3.11.1' })
  expect(release.requests()).toBe(1)
})

test('two that look at once fetch it once', async () => {
  const release = await serveRelease(says('3.11.1'))
  const found = await Promise.all([find(release), find(release)])
  expect(found.map(({ how }) => how).sort()).toEqual(['cache', 'release'])
  expect(release.requests()).toBe(1)
})

test('a damaged cache is filled again', async () => {
  const release = await serveRelease(says('3.11.1'))
  const { path } = await find(release)
  await writeFile(path, '', { mode: 0o755 })
  expect(await find(release)).toMatchObject({ how: 'release' })
})

test('a release with another digest is not unpacked; without Go the error says what to install', async () => {
  const { url } = await serveRelease(says('3.11.1'))
  await expect(find({ url, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    name: 'LocalError',
    message: /Go is not on PATH.*install Nuclei 3\.11\.1.*Go 1\.26/,
  })
  const [kept] = await readdir(join(folder, 'assayer/nuclei'))
  expect(await readdir(join(folder, 'assayer/nuclei', kept ?? ''))).toEqual([])
})

test('an old Go is not asked to build', async () => {
  await writeFile(join(folder, 'bin/go'), '#!/bin/sh\necho go version go1.25.4 linux/amd64\n', { mode: 0o755 })
  await expect(find(null)).rejects.toThrow('Go on PATH is 1.25.4')
})
