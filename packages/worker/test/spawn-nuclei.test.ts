import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { spawnNuclei } from '../src/nuclei/spawn.ts'
import type { SpawnInput } from '../src/nuclei/spawn.ts'
import { until } from './lab.ts'
import { isRunning, killed } from './processes.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-spawn-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => void vi.useRealTimers())

let scripts = 0
async function run(shell: string, more: Partial<SpawnInput> = {}) {
  const binary = join(folder, `script-${scripts++}`)
  await writeFile(binary, `#!/bin/sh\n${shell}\n`)
  await chmod(binary, 0o755)
  const found: string[] = []
  const said: string[] = []
  const spawned = spawnNuclei({
    binary,
    args: [],
    env: { PATH: '/usr/bin:/bin', HOME: folder },
    cwd: folder,
    maxLineBytes: 1024,
    maxBytes: 1_048_576,
    onFinding: (line) => void found.push(line),
    onMessage: (line) => void said.push(line),
    ...more,
  })
  return { ...spawned, found, said }
}

test('its end comes with all that it printed on both pipes, and with how it ended', async () => {
  const { ended, found, said, startTime } = await run('echo one; echo two >&2; printf three; exit 7')
  expect(await ended).toMatchObject({ kind: 'exited', code: 7, skippedLines: 0, lostBytes: 0 })
  expect({ found, said }).toEqual({ found: ['one', 'three'], said: ['two'] })
  expect(startTime).toMatch(/^\d+$/)
})

test('a signal that nobody here sent is told', async () => {
  const { ended } = await run('kill -SEGV $$')
  expect(await ended).toMatchObject({ kind: 'signalled', signal: 'SIGSEGV' })
})

test('a program that cannot be started ends as such', async () => {
  const { ended, pid } = await run('', { binary: join(folder, 'missing') })
  expect(pid).toBeNull()
  expect(await ended).toMatchObject({ kind: 'not-spawned' })
})

test('between lines that take long to read, timers have their turn', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  onTestFinished(() => clearInterval(timer))
  const seen: number[] = []
  const { ended } = await run('echo "1\n2\n3\n4\n5\n6\n7\n8"', {
    onFinding() {
      seen.push(turns)
      const until = performance.now() + 25
      while (performance.now() < until);
    },
  })
  await ended
  expect(seen).toHaveLength(8)
  expect(new Set(seen).size).toBeGreaterThan(5)
})

test('past the cap output is dropped and counted, and the scanner goes on', async () => {
  const { ended, found } = await run('yes 0123456789 | head -c 2200000; echo end >&2')
  const { lostBytes, ...exit } = await ended
  expect(exit).toMatchObject({ kind: 'exited', code: 0 })
  expect(lostBytes).toBeGreaterThan(1_100_000)
  expect(found.length * 11 + lostBytes).toBeLessThanOrEqual(2_200_000 + 11)
})

test('what was read is freed at once, before the garbage collector comes', async () => {
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)), 1)
  onTestFinished(() => clearInterval(watch))
  const { ended } = await run('head -c 268435456 /dev/zero; head -c 268435456 /dev/zero >&2', { maxBytes: 2 ** 30 })
  expect(await ended).toMatchObject({ kind: 'exited', skippedLines: 1 })
  // What the worker may take more for any output.
  expect(most).toBeLessThan(64 * 1_048_576)
})

test('a signal reaches the whole group', async () => {
  const { ended, signal, found } = await run('env -i sleep 1000 & echo $!; wait')
  await until('the child', async () => await Promise.resolve(found.length > 0))
  onTestFinished(() => killed(Number(found[0])))
  signal('SIGTERM')
  expect(await ended).toMatchObject({ kind: 'signalled', signal: 'SIGTERM' })
  await until('the death of the child', async () => await Promise.resolve(!isRunning(Number(found[0]))))
})

test('lines that wait for the database when the scanner has long ended are not lost', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const gate = Promise.withResolvers<void>()
  const seen: string[] = []
  const { ended, pid } = await run('seq 1 30000', {
    async onFinding(line) {
      seen.push(line)
      await gate.promise
    },
  })
  await until('the first line', async () => await Promise.resolve(seen.length > 0))
  // The rest lies in the pipe, which the scanner waits for, or in our buffer.
  for (let n = 0; n < 20; n++) vi.advanceTimersByTime(5000)
  gate.resolve()
  await ended
  expect(seen).toHaveLength(30_000)
  expect(isRunning(pid ?? 0)).toBe(false)
})

test('lines that wait when the scanner has ended are not lost either', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const gate = Promise.withResolvers<void>()
  const seen: string[] = []
  const { ended, pid } = await run('seq 1 20000', {
    async onFinding(line) {
      seen.push(line)
      await gate.promise
    },
  })
  await until('the end of the scanner', async () => await Promise.resolve(!isRunning(pid ?? 0)))
  for (let n = 0; n < 20; n++) vi.advanceTimersByTime(5000)
  gate.resolve()
  expect(await ended).toMatchObject({ kind: 'exited', code: 0 })
  expect(seen).toHaveLength(20_000)
})

test('where a line cannot be handed on the scanner is killed, and the failure is told after its death', async () => {
  const { ended, pid } = await run('echo one; exec sleep 1000', {
    onFinding: () => Promise.reject(new Error('no space left in the database')),
  })
  await expect(ended).rejects.toThrow('no space left in the database')
  expect(isRunning(pid ?? 0)).toBe(false)
})
