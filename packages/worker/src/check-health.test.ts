import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkHealth } from './check-health.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-health-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

test('a worker is healthy while it has written to the registry in the last half minute', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const health = () => checkHealth({ SCAN_DIR: folder }, 0)
  expect(await health()).toBe(1)
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('not in the registry yet'))
  await writeFile(join(folder, 'alive'), '')
  expect(await health()).toBe(0)
  const past = new Date(Date.now() - 31_000)
  await utimes(join(folder, 'alive'), past, past)
  expect(await health()).toBe(1)
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('for 30 s'))
})

test('a worker that is about to be in the registry is waited for', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const health = checkHealth({ SCAN_DIR: folder }, 60_000)
  await writeFile(join(folder, 'alive'), '')
  expect(await health).toBe(0)
  expect(said).not.toHaveBeenCalled()
})
