import { expect, test } from 'vitest'
import { systemClock } from '../../src/wall/clock.ts'
import { startWarden } from '../../src/wall/start-warden.ts'
import { WardenError } from '../../src/wall/warden-error.ts'
import { answerHttp, listen, read, rule, target, through } from './helpers.ts'
import { attempt, warden } from './processes.ts'

test('an attempt goes out with its own credentials, is counted, shut and closed', async () => {
  const site = await listen(answerHttp)
  const { warden: mine } = await warden()
  const scope = { rules: [rule(`127.0.0.1:${site.port}`)], own: [] }
  const as = await mine.open(attempt({ scope, targets: [target('127.0.0.1', site.port)] }))
  const { reply, socket } = await through(mine.port, '127.0.0.1', site.port, as)
  expect(reply).toBe(0)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await read(socket, 40)
  expect((await mine.evidence('a')).targets).toMatchObject([{ connects: 1, answers: 1 }])
  mine.shut('a')
  expect((await mine.evidence('a')).targets).toMatchObject([{ connects: 1, answers: 1 }])
  expect((await through(mine.port, '127.0.0.1', site.port, as)).reply).toBe('auth-failed')
  expect((await mine.close('a')).targets).toMatchObject([{ connects: 1, answers: 1 }])
  await expect(mine.evidence('a')).rejects.toThrow('the attempt is not open')
})

test("the service's own addresses and the wall itself stay shut for every attempt", async () => {
  const database = await listen()
  const { warden: mine } = await warden({ own: [{ address: '127.0.0.1', port: database.port }] })
  const as = await mine.open(attempt({ scope: { rules: [rule('127.0.0.0/8')], own: [] } }))
  expect((await through(mine.port, '127.0.0.1', database.port, as)).reply).toBe(2)
  expect((await through(mine.port, '127.0.0.1', mine.port, as)).reply).toBe(2)
  expect(database.accepted).toHaveLength(0)
})

test('an attempt that is open is not opened twice, and keeps its credentials', async () => {
  const site = await listen()
  const { warden: mine } = await warden()
  const as = await mine.open(attempt({ scope: { rules: [rule('127.0.0.1')], own: [] } }))
  await expect(mine.open(attempt())).rejects.toThrow('open already')
  expect((await through(mine.port, '127.0.0.1', site.port, as)).reply).toBe(0)
})

test('names are looked up by the system, hosts file included, when there are no resolvers', async () => {
  const site = await listen()
  const { warden: mine } = await warden()
  const scope = { rules: [rule('127.0.0.1')], own: [] }
  const as = await mine.open(attempt({ scope, targets: [target('localhost', site.port)] }))
  expect((await through(mine.port, 'localhost', site.port, as)).reply).toBe(0)
})

test('a warden that died rejects what is asked and tells its end once', async () => {
  const exits: (number | null)[] = []
  const { warden: mine } = await warden({ onExit: (code) => exits.push(code) })
  await mine.open(attempt())
  process.kill(mine.pid, 'SIGSTOP')
  const asked = mine.evidence('a')
  process.kill(mine.pid, 'SIGKILL')
  await expect(asked).rejects.toThrow('the warden has ended')
  await expect(mine.open(attempt({ attemptId: 'b' }))).rejects.toThrow('the warden has ended')
  mine.token(['a'], systemClock.monotonic())
  mine.shut('a')
  await mine.stop()
  expect(exits).toEqual([null])
})

test('a warden that stands still is killed once it owes an answer', async () => {
  const exits: (number | null)[] = []
  const { warden: mine } = await warden({ onExit: (code) => exits.push(code) })
  await mine.open(attempt())
  process.kill(mine.pid, 'SIGSTOP')
  await expect(mine.evidence('a')).rejects.toThrow('did not answer "evidence"')
  await expect.poll(() => exits).toEqual([null])
  await expect(mine.evidence('a')).rejects.toThrow(WardenError)
})

test('a question is given up by its signal', async () => {
  const { warden: mine } = await warden()
  await expect(mine.evidence('a', AbortSignal.abort())).rejects.toThrow('given up')
})

test('a message that cannot be used ends the warden', async () => {
  const ended = Promise.withResolvers<number | null>()
  const { warden: mine } = await warden({ onExit: ended.resolve })
  mine.spawned('a', 1, '1')
  expect(await ended.promise).toBe(1)
})

test('an entry that does not start, or is no warden, is a clear error', async () => {
  const options = { own: [], resolvers: [], leaseMs: 1000, marginMs: 0, onKilled: () => {}, onExit: () => {} }
  await expect(startWarden({ ...options, entry: '/nowhere/warden.ts' })).rejects.toThrow('exit code 1')
  await expect(startWarden({ ...options, entry: '/x', signal: AbortSignal.abort() })).rejects.toThrow('abort')
})
