import { cp, mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { updateTemplates } from './update.ts'

const starter = fileURLToPath(new URL('../../templates/starter', import.meta.url))
const digests = new URL('../../templates/starter-digests.json', import.meta.url)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-update-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const update = (source: string, anew: boolean, binary = '/bin/true') =>
  updateTemplates({
    ...{ current: join(folder, 'templates/current'), source: join(folder, source), binary, home: folder },
    ...{ anew, digests, signal: AbortSignal.timeout(30_000) },
  })
const sets = async () => (await readdir(join(folder, 'templates'))).toSorted()

test('an empty folder is filled from the source, and then kept until an update is asked for', async () => {
  await cp(starter, join(folder, 'source'), { recursive: true })
  const first = await update('source', false)
  expect(first).toMatchObject({ kind: 'updated', templates: 24 })
  expect(await update('source', false)).toEqual({ ...first, kind: 'kept' })
  expect((await sets()).filter((name) => name !== 'current')).toHaveLength(1)
})

test('an update turns the link to a new set; the set before stays for workers that run, and older ones go', async () => {
  await cp(starter, join(folder, 'source'), { recursive: true })
  const seen: string[] = []
  for (let n = 0; n < 3; n++) {
    expect(await update('source', true)).toMatchObject({ kind: 'updated' })
    seen.push(await readlink(join(folder, 'templates/current')))
  }
  expect(new Set(seen).size).toBe(3)
  expect(await sets()).toEqual(['current', ...seen.slice(1).toSorted()])
})

test('a download that brings nothing though it exits 0 is a failure that leaves what was there', async () => {
  expect(await update('none', false)).toMatchObject({ kind: 'failed', why: expect.stringContaining('by download') })
  expect(await sets()).toEqual([])
  await cp(starter, join(folder, 'source'), { recursive: true })
  const first = await update('source', false)
  expect(await update('none', true)).toMatchObject({ kind: 'failed' })
  expect(await update('none', true, '/nowhere/nuclei')).toMatchObject({
    kind: 'failed',
    why: expect.stringContaining('ENOENT'),
  })
  expect(await update('none', false)).toEqual({ ...first, kind: 'kept' })
  expect(await sets()).toHaveLength(2)
})
