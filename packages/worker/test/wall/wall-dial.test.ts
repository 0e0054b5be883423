import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { closed, listen, openWall, order, rule, stillClock, target, through } from './helpers.ts'
import { start } from './processes.ts'

/** A port of loopback whose queue is full: a connect there is never answered. */
async function fullPort(): Promise<number> {
  const deaf = start('deaf.ts')
  const [said] = (await once(deaf.stdout ?? deaf, 'data')) as [Buffer]
  const port = Number(said)
  let connected = 0
  const filled = Promise.withResolvers<void>()
  for (let n = 0; n < 4; n++) {
    const socket = connect(port, '127.0.0.1', () => {
      connected += 1
      if (connected === 2) filled.resolve()
    })
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
  }
  await filled.promise
  return port
}

/** A wall whose clock stands still, before a port at which no connect is answered. */
async function wallBeforeFullPort() {
  const port = await fullPort()
  const clock = stillClock()
  const wall = await openWall({ clock })
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', port)] }))
  return { wall, port, clock, counts: () => wall.evidence('attempt-1')?.targets[0] }
}

test.runIf(process.platform === 'linux')('a connect that nobody answers times out: 4, counted so', async () => {
  const port = await fullPort()
  const wall = await openWall({ deadlines: { dial: 100 } })
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', port)] }))
  expect((await through(wall.port, '127.0.0.1', port)).reply).toBe(4)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ connects: 1, timedOut: 1, failed: 0 }])
})

test.runIf(process.platform === 'linux')(
  'Nuclei that waited and hangs up during the dial counts as timed out, a shut does not',
  async () => {
    const { wall, port, clock, counts } = await wallBeforeFullPort()
    const impatient = new AbortController()
    const first = through(wall.port, '127.0.0.1', port, undefined, impatient.signal)
    await expect.poll(counts).toMatchObject({ connects: 1, peakRequestsPerSecond: 1 })
    clock.pass(1000)
    impatient.abort()
    await expect.poll(counts).toMatchObject({ timedOut: 1 })
    expect((await first).reply).toBe('closed')
    const second = through(wall.port, '127.0.0.1', port)
    await expect.poll(counts).toMatchObject({ connects: 2 })
    wall.shut('attempt-1')
    expect((await second).reply).toBe('closed')
    expect(counts()).toMatchObject({ connects: 2, timedOut: 1, failed: 0 })
  },
)

test.runIf(process.platform === 'linux')(
  'a dial that Nuclei drops at once, as its request went out elsewhere, is no failure',
  async () => {
    const { wall, port, clock, counts } = await wallBeforeFullPort()
    for (const [n, waited] of [100, 1000].entries()) {
      const leaving = new AbortController()
      const spare = through(wall.port, '127.0.0.1', port, undefined, leaving.signal)
      await expect.poll(counts).toMatchObject({ connects: n + 1, peakRequestsPerSecond: n + 1 })
      clock.pass(waited)
      leaving.abort()
      expect((await spare).reply).toBe('closed')
    }
    await expect.poll(counts).toMatchObject({ connects: 2, timedOut: 1, failed: 0 })
  },
)

test('Nuclei that waits until it hangs up on the wall counts as shed, one that leaves at once does not', async () => {
  const site = await listen()
  const clock = stillClock()
  const wall = await openWall({ clock })
  wall.open(order([rule('127.0.0.1')], { maxConnections: 1 }))
  await through(wall.port, '127.0.0.1', site.port)
  const counts = () => wall.evidence('attempt-1')?.targets[0]
  for (const [n, waited] of [100, 1000].entries()) {
    const impatient = new AbortController()
    const waiting = through(wall.port, '127.0.0.1', site.port, undefined, impatient.signal)
    await expect.poll(counts).toMatchObject({ connects: n + 2 })
    clock.pass(waited)
    impatient.abort()
    const { socket } = await waiting
    await closed(socket)
  }
  await expect.poll(counts).toMatchObject({ failed: 1, shed: 1, timedOut: 0 })
  expect(site.accepted).toHaveLength(1)
})
