import { expect, test } from 'vitest'
import { traceparentFrom } from './request-id.ts'

const trace = `${'4b'.repeat(16)}-${'7a'.repeat(8)}-01`

test.each([
  [`00-${trace}`, `00-${trace}`],
  // A later version may have more after what version 00 knows.
  [`01-${trace}`, `00-${trace}`],
  [`cc-${trace}-what-follows`, `00-${trace}`],
  [`00-${trace}-what-follows`, null],
  [`ff-${trace}`, null],
  [`01-${trace}0`, null],
  [`00-${'0'.repeat(32)}-${'7a'.repeat(8)}-01`, null],
  [`00-${trace.toUpperCase()}`, null],
  [undefined, null],
])('traceparent %j is passed on as %j', (header, passed) => expect(traceparentFrom(header)).toBe(passed))
