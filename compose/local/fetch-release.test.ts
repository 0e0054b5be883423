import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { fetchRelease } from './fetch-release.ts'

const zip = Buffer.from('the archive')
const sha256 = createHash('sha256').update(zip).digest('hex')

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/nuclei.zip`
}

test('a release with the pinned digest is handed out, also after a redirect', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/nuclei.zip') response.writeHead(302, { location: '/elsewhere' }).end()
    else response.end(zip)
  })
  expect(await fetchRelease({ url, sha256 })).toEqual({ kind: 'fetched', zip })
})

test('a release with another digest is refused, and its bytes are not handed out', async () => {
  const url = await serve((_request, response) => response.end(`${zip.toString()}!`))
  const fetched = await fetchRelease({ url, sha256 })
  expect(fetched).toEqual({ kind: 'refused', why: expect.stringContaining('SHA-256') as string })
})

test('a server that says no is as good as none', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end())
  expect(await fetchRelease({ url, sha256 })).toEqual({ kind: 'unreachable', why: 'status 404' })
})

test('a server that does not begin to answer is given up', async () => {
  const url = await serve(() => {})
  expect(await fetchRelease({ url, sha256 }, { firstByteMs: 50 })).toMatchObject({ kind: 'unreachable' })
})

test('a port where nobody listens is unreachable', async () => {
  expect(await fetchRelease({ url: 'http://127.0.0.1:1/', sha256 })).toMatchObject({ kind: 'unreachable' })
})

test('an abort rejects', async () => {
  const stop = new AbortController()
  const url = await serve(() => stop.abort())
  await expect(fetchRelease({ url, sha256 }, { signal: stop.signal })).rejects.toThrow('aborted')
})
