import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { attemptOf } from '../src/claim/attempt.fixture.ts'
import type { Attempt, StopWhy } from '../src/claim/attempt.ts'
import { runNuclei } from '../src/claim/run-nuclei.ts'
import { batchFindings } from '../src/findings/batch.ts'
import { toFinding } from '../src/findings/to-finding.ts'

let folder: string
let binary: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-run-'))
  binary = join(folder, 'scanner')
  const finding = '{"template-id":"a","info":{"name":"a"},"type":"http"}'
  const stats = '{"percent":"50","requests":"5","errors":"0"}'
  await writeFile(
    binary,
    `#!/bin/sh\necho '${finding}'\necho '${stats}' >&2\necho said >&2\n[ "$1" = end ] || exec sleep 1000\n`,
  )
  await chmod(binary, 0o755)
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => void vi.useRealTimers())

const input = { args: [] as string[], env: {}, stalledAfterMs: 60_000, graceMs: 200 }

function start(more: { args?: string[]; wallMoved?: () => boolean; attempt?: Attempt } = {}) {
  const { args = [], wallMoved = () => true, attempt = attemptOf() } = more
  const batch = batchFindings({ write: async () => {}, maxFindings: 10 })
  const spawned = Promise.withResolvers<number>()
  const run = runNuclei(
    attempt,
    { ...input, binary, folder, args },
    batch,
    (event) => toFinding(event, 'none', () => null),
    {
      onSpawned: (pid) => spawned.resolve(pid),
      onProgress() {},
      wallMoved: async () => await Promise.resolve(wallMoved()),
    },
  )
  return { attempt, batch, run, spawned: spawned.promise }
}

test('a run that ends by itself tells what it said and how it ended', async () => {
  const { run, attempt, batch } = start({ args: ['end'] })
  expect(await run).toMatchObject({
    exit: { kind: 'exited', code: 0 },
    told: { requests: 5, percent: 50, tail: ['said'] },
    dropped: 0,
    odd: 0,
  })
  expect(batch.distinct()).toBe(1)
  expect(attempt.stopped()).toBeNull()
})

test('a run whose counter stands still goes on while something passes the wall, and is stopped once nothing does', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  let moves = true
  const { run, attempt, spawned } = start({ wallMoved: () => moves })
  await spawned
  await vi.advanceTimersByTimeAsync(300_000)
  expect(attempt.stopped()).toBeNull()
  moves = false
  await vi.advanceTimersByTimeAsync(58_000)
  expect(attempt.stopped()).toBeNull()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(attempt.stopped()).toBe('stalled')
  expect((await run).exit).toEqual({ kind: 'signalled', signal: 'SIGINT' })
})

test.each<[StopWhy, NodeJS.Signals]>([
  ['cancelled', 'SIGINT'],
  ['shutdown', 'SIGINT'],
  ['soft-limit', 'SIGINT'],
  ['fenced', 'SIGKILL'],
  ['database-away', 'SIGKILL'],
  ['hard-limit', 'SIGKILL'],
  ['wall-gone', 'SIGKILL'],
])('stopped by %s it gets %s', async (why, signal) => {
  const { run, attempt, spawned } = start()
  await spawned
  attempt.stop(why)
  expect((await run).exit).toEqual({ kind: 'signalled', signal })
})

test('an attempt that was stopped before its run is stopped in it', async () => {
  const attempt = attemptOf()
  attempt.stop('shutdown')
  expect((await start({ attempt }).run).exit).toMatchObject({ kind: 'signalled' })
})
