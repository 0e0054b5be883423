import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { allRows } from '../matrix.ts'
import { copySources } from './copy.ts'
import { mutations } from './mutations.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test('each mutation still fits the sources, and its row is there', async () => {
  const ids = new Set(allRows('').map(({ id }) => id))
  for (const { name, row, patches } of mutations) {
    expect(ids, name).toContain(row)
    for (const { file, find, replace } of patches) {
      const text = await readFile(join(root, file), 'utf8')
      expect(text.split(find), `${name}: ${file}`).toHaveLength(2)
      expect(
        text.replace(find, () => replace),
        name,
      ).not.toBe(text)
    }
  }
})

test('a copy of the sources finds all that the suite imports', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-copy-'))
  try {
    await copySources(folder)
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'compose/chaos/run.ts'), '--help'])
    expect(stdout).toContain('--mutate')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
