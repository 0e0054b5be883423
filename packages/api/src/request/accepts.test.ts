import { expect, test } from 'vitest'
import { accepts } from './accepts.ts'

test.each([
  [undefined, true],
  ['', true],
  ['*/*', true],
  ['application/*', true],
  ['APPLICATION/JSON', true],
  ['text/html, application/json;q=0.5', true],
  ['application/json; charset=utf-8', true],
  ['text/html', false],
  ['application/json;q=0', false],
  ['application/json;q=0, */*', false],
  ['*/*;q=0', false],
  ['application/xml, text/*', false],
])('Accept: %s lets JSON pass: %s', (header, passes) => {
  expect(accepts(header, 'application/json')).toBe(passes)
})
