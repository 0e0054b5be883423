import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import { startSilence } from './site.ts'

let lab: Lab
let silence: Awaited<ReturnType<typeof startSilence>>
let refusing: number
beforeAll(async () => {
  const nuclei = process.env['NUCLEI_PATH']
  if (nuclei === undefined) throw new Error('NUCLEI_PATH is missing: run the tests by `npx -y pnpm@12 test`')
  silence = await startSilence()
  const closed = createServer().listen(0, '0.0.0.0')
  await once(closed, 'listening')
  refusing = (closed.address() as AddressInfo).port
  closed.close()
  lab = await openLab(nuclei)
  await lab.worker({ WORKER_CONCURRENCY: '3' })
})
afterAll(async () => {
  await lab.close()
  await silence.stop()
})

const limits = { timeoutSeconds: 1, retries: 0 }

test.concurrent.each(['http://127.0.0.90', '127.0.0.91'])('%s refuses: the scan is never completed', async (place) => {
  const { scan, coverage, findings } = await lab.settled(await lab.order([`${place}:${refusing}`], { limits }))
  expect(scan).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' } })
  expect(coverage).toEqual([{ coverage: 'unreachable', reason: 'no-answer' }])
  expect(findings).toEqual([])
})

test.concurrent.each(['http://127.0.0.92', '127.0.0.93'])(
  '%s accepts and never answers: it is unreachable',
  async (place) => {
    const { scan, coverage } = await lab.settled(await lab.order([`${place}:${silence.port}`], { limits }))
    expect(scan).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' } })
    expect(coverage).toEqual([{ coverage: 'unreachable', reason: 'no-answer' }])
  },
)

test.concurrent('a target that answers the first request of each connection alone is partial', async () => {
  const answer = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
  const site = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(answer)).on('data', () => {})
  }).listen(0, '127.0.0.96')
  onTestFinished(() => void site.close())
  await once(site, 'listening')
  const { port } = site.address() as AddressInfo
  const { scan, coverage } = await lab.settled(await lab.order([`http://127.0.0.96:${port}`], { limits }))
  expect(scan.state).toBe('partial')
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'connections-failed' }])
})

test.concurrent('a target that answers later than Nuclei waits is unreachable', async () => {
  const answer = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
  const site = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    // It minds no client that hangs up.
    socket.resume().once('data', () => setTimeout(() => socket.end(answer), 2500))
  }).listen(0, '127.0.0.97')
  onTestFinished(() => void site.close())
  await once(site, 'listening')
  const { port } = site.address() as AddressInfo
  const { scan, coverage } = await lab.settled(await lab.order([`http://127.0.0.97:${port}`], { limits }))
  expect(scan).toMatchObject({ state: 'failed', reason: { code: 'targets-unreachable' } })
  expect(coverage).toEqual([{ coverage: 'unreachable', reason: 'no-answer' }])
})

test.concurrent('a healthy target beside one that refuses is covered, and the scan is partial', async () => {
  const place = (host: string, port: number) => `http://${host}:${port}`
  const id = await lab.order([place('127.0.0.94', lab.site.port), place('127.0.0.95', refusing)], { limits })
  const { scan, coverage } = await lab.settled(id)
  expect(scan).toMatchObject({ state: 'partial', reason: { code: 'targets-unreachable' } })
  expect(coverage).toEqual([
    { coverage: 'covered', reason: null },
    { coverage: 'unreachable', reason: 'no-answer' },
  ])
})
