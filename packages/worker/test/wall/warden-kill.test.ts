import { once } from 'node:events'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/wall/clock.ts'
import { answerHttp, closed, listen, read, rule, through } from './helpers.ts'
import { attempt, group, meetingPlace, start, warden } from './processes.ts'

const soon = { leaseMs: 1500, marginMs: 500 }

test('when tokens cease the group is killed, the wall shut, and both are reported', async () => {
  const site = await listen(answerHttp)
  const { warden: mine, killed } = await warden(soon)
  const { pgid, startTime, gone } = await group()
  const as = await mine.open(attempt({ scope: { rules: [rule('127.0.0.1')], own: [] } }))
  mine.spawned('a', pgid, startTime)
  const { socket } = await through(mine.port, '127.0.0.1', site.port, as)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await read(socket, 40)
  await Promise.all([gone, closed(socket)])
  await expect.poll(() => killed, { timeout: 10_000 }).toEqual(['a killed'])
  expect((await through(mine.port, '127.0.0.1', site.port, as)).reply).toBe('auth-failed')
  mine.token(['a'], systemClock.monotonic())
  expect((await through(mine.port, '127.0.0.1', site.port, as)).reply).toBe('auth-failed')
  expect((await mine.close('a')).targets).toMatchObject([{ connects: 1, answers: 1 }])
  expect(site.accepted).toHaveLength(1)
})

test('an attempt that began too long ago is lost although it was just opened', async () => {
  const { warden: mine, killed } = await warden(soon)
  await mine.open(attempt({ asOf: systemClock.monotonic() - 1000 }))
  await expect.poll(() => killed, { timeout: 10_000 }).toEqual(['a none'])
})

test('when the worker closes the pipe all groups are killed and the warden ends', async () => {
  const { warden: mine } = await warden()
  const { pgid, startTime, gone } = await group('fork')
  await mine.open(attempt())
  mine.spawned('a', pgid, startTime)
  await mine.stop()
  await gone
})

test('SIGTERM kills all groups; SIGINT does nothing', async () => {
  const exited = Promise.withResolvers<number | null>()
  const { warden: mine, killed } = await warden({ onExit: exited.resolve })
  const { pgid, startTime, gone } = await group()
  await mine.open(attempt())
  mine.spawned('a', pgid, startTime)
  await mine.evidence('a')
  process.kill(mine.pid, 'SIGINT')
  await mine.evidence('a')
  process.kill(mine.pid, 'SIGTERM')
  await gone
  expect(await exited.promise).toBe(0)
  expect(killed).toEqual(['a killed'])
})

test.runIf(process.platform === 'linux')('a group with another start time is left alone and reported', async () => {
  const { warden: mine, killed } = await warden(soon)
  const { pgid, gone } = await group()
  await mine.open(attempt())
  mine.spawned('a', pgid, '1')
  await expect.poll(() => killed, { timeout: 10_000 }).toEqual(['a not-ours'])
  process.kill(pgid, 0)
  process.kill(-pgid, 'SIGKILL')
  await gone
})

test('a worker that is stopped loses its group', async () => {
  const place = await meetingPlace()
  const worker = start('worker.ts', place.port, '2500')
  const [held] = await place.come(1)
  held?.resume()
  await once(worker.stdout ?? worker, 'data')
  process.kill(worker.pid, 'SIGSTOP')
  if (held) await once(held, 'end')
})

test('a worker that is killed leaves neither group nor warden', async () => {
  const place = await meetingPlace()
  const worker = start('worker.ts', place.port, '600000')
  const [held] = await place.come(1)
  held?.resume()
  const [said] = (await once(worker.stdout ?? worker, 'data')) as [Buffer]
  process.kill(-worker.pid, 'SIGKILL')
  if (held) await once(held, 'end')
  const wardenLives = () => {
    try {
      return process.kill(Number(said), 0)
    } catch {
      return false
    }
  }
  await expect.poll(wardenLives, { timeout: 10_000 }).toBe(false)
})
