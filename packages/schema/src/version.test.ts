import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isOlder, version } from './version.ts'

test('versions are compared number by number', () => {
  expect(isOlder('0.9.9', '0.10.0')).toBe(true)
  expect(isOlder('1.0.0', '0.10.0')).toBe(false)
  expect(isOlder('1.2.3', '1.2.3')).toBe(false)
  expect(isOlder('1.2.3', '1.2.4')).toBe(true)
})

test.each(['schema', 'api', 'worker'])('the %s package says the same version', (name) => {
  const text = readFileSync(new URL(`../../${name}/package.json`, import.meta.url), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ version })
})
