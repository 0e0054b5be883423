import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { forgotten, page } from './operating.ts'

const text = await readFile(page, 'utf8')

test('each command of the page is run by the stack script, and each that it runs stands on the page', () => {
  expect(forgotten(text)).toEqual([])
})

test.each([
  ['`dc restart worker`', '`dc restart api`', ['nobody runs: dc restart api', 'not on the page: dc restart worker']],
  ['dc stop api worker\n', '', ['not on the page: dc stop api worker']],
  [
    'dc stop api worker\n',
    'dc stop api worker\ncurl -s http://127.0.0.1:3000\n',
    ['nobody runs: curl -s http://127.0.0.1:3000'],
  ],
])('with %o as %o on the page the commands differ', (before, after, told) => {
  expect(forgotten(text.replaceAll(before, after))).toEqual(told)
})
