import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { withLock } from './lock.ts'
import { startProcess } from './own-process.ts'

let folder = ''
let path = ''
const noWait = () => {
  throw new Error('waited')
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-test-'))
  path = join(folder, 'some.lock')
  return () => rm(folder, { recursive: true, force: true })
})

test('two never work at the same time, and nothing stays behind', async () => {
  let inside = 0
  const work = async () => {
    inside++
    expect(inside).toBe(1)
    await new Promise(setImmediate)
    inside--
  }
  await Promise.all([1, 2, 3].map(() => withLock(path, { onWait: () => {}, lookMs: 1 }, work)))
  expect(await readdir(folder)).toEqual([])
})

test('the lock is free again after work that failed', async () => {
  await expect(withLock(path, { onWait: noWait }, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withLock(path, { onWait: noWait }, async () => 'in')).toBe('in')
})

test('the lock of a dead process is taken over', async () => {
  const dead = await startProcess({ name: 'node', file: process.execPath, args: ['--version'], env: {} })
  await dead.ended
  await writeFile(path, String(dead.pid))
  expect(await withLock(path, { onWait: () => {} }, async () => 'in')).toBe('in')
})

test('a lock that nobody touched for minutes is taken over, whoever has its number now', async () => {
  await writeFile(path, String(process.pid))
  const old = new Date(Date.now() - 120_000)
  await utimes(path, old, old)
  expect(await withLock(path, { onWait: () => {} }, async () => 'in')).toBe('in')
})

test('the lock of a living process is waited for, until an abort', async () => {
  await writeFile(path, String(process.pid))
  const stop = new AbortController()
  const waiting = withLock(path, { onWait: () => stop.abort(), signal: stop.signal }, async () => 'in')
  await expect(waiting).rejects.toThrow('aborted')
})
