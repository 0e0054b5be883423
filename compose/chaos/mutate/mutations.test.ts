import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { allRows } from '../matrix.ts'
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
