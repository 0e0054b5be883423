import { expect, test } from 'vitest'
import { pageOf } from './report.ts'

const titles = ['One', 'Two', 'Three']
const table = (title: string, value: string) => ({ title, rows: [['what', value, ''] as [string, string, string]] })

test('a section that is measured again takes its own place on the page, and leaves the others as they were', () => {
  const first = pageOf('', [table('Three', '3 ms'), table('One', '1 ms')], titles, 'On a Monday.')
  const again = pageOf(first, [table('Two', '2 ms'), table('One', '9 ms')], titles, 'On a Tuesday.')
  expect(again.match(/^## .*|^On .*|\d ms/gm)).toEqual([
    ...['## One', 'On a Tuesday.', '9 ms'],
    ...['## Two', 'On a Tuesday.', '2 ms'],
    ...['## Three', 'On a Monday.', '3 ms'],
  ])
})

test('a page that is written again from the same measures is the same', () => {
  const tables = titles.map((title) => table(title, '1 ms'))
  const page = pageOf('', tables, titles, 'On a Monday.')
  expect(pageOf(page, tables, titles, 'On a Monday.')).toBe(page)
})
