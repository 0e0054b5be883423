import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
  await lab.worker()
})
afterAll(() => lab.close())

const templateIds = ['assayer-git-config', 'assayer-redis-open']

/** A service that says nothing on so many connections, and then what it says. */
async function serve(host: string, silent: number, says: string): Promise<number> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    const mute = open.size < silent
    open.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => mute || socket.end(says))
  }).listen(0, host)
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

test('a service that was too slow to say that it speaks HTTP got no HTTP template, and is not covered', async () => {
  const host = '127.0.0.87'
  await lab.scanner.plan(host, 'complete')
  // Asked in TLS and plain before the run.
  const port = await serve(host, 2, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
  const id = await lab.order([`${host}:${port}`], { templateIds, limits: { timeoutSeconds: 1 } })
  const { scan, coverage } = await lab.settled(id)
  expect(scan).toMatchObject({ state: 'partial', reason: { code: 'http-too-late' } })
  expect(coverage).toEqual([{ coverage: 'partial', reason: 'http-too-late' }])
})

test('a service that speaks something else is covered by the templates that apply', async () => {
  const host = '127.0.0.88'
  await lab.scanner.plan(host, 'complete')
  const port = await serve(host, 0, '-ERR unknown command\r\n')
  const id = await lab.order([`${host}:${port}`], { templateIds, limits: { timeoutSeconds: 1 } })
  const { scan, coverage } = await lab.settled(id)
  expect(scan.state).toBe('completed')
  expect(coverage).toEqual([{ coverage: 'covered', reason: null }])
})
