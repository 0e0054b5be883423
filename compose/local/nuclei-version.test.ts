import { expect, test } from 'vitest'
import { isAtLeast } from './nuclei-version.ts'

test.each(['3.11.1', 'v3.11.1', '3.11.2', '3.12.0', '3.12', '4.0.0', '3.12.0-dev', '10.0.0'])(
  '%s is new enough',
  (version) => {
    expect(isAtLeast(version, '3.11.1')).toBe(true)
  },
)

test.each(['3.11.0', '3.9.10', '2.99.99', '3.11', '3.11.1-dev', '', 'dev', '3.11.1 ', '3..1', '99999999.0.0'])(
  '"%s" is not',
  (version) => {
    expect(isAtLeast(version, '3.11.1')).toBe(false)
  },
)
