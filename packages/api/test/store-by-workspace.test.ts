import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { apart } from '../../schema/test/second-wall/apart.ts'

const source = new URL('../src/', import.meta.url)
const imported = /import \{([^}]*)\} from '@assayer\/schema\/store'/g

/** Functions that this file takes from the store. */
const takenBy = (file: string) =>
  [...readFileSync(new URL(file, source), 'utf8').matchAll(imported)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => name.trim().split(' as ')[0] || []),
  )

test('a request reaches no function of the store that takes no workspace, but those that may be', () => {
  // What puts the app on its runtime is reached when it starts.
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !/^(?:node|edge)\//.test(file))
  const taken = files.flatMap((file) => takenBy(file).map((name) => ({ file, name })))
  expect(taken.length).toBeGreaterThan(30)
  const closed = new Set(Object.entries(apart).flatMap(([name, { requestsToo }]) => (requestsToo ? [] : [name])))
  expect(taken.filter(({ name }) => closed.has(name))).toEqual([])
})
