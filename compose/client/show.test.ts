import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tableOf } from './show.ts'
import type { Row } from './show.ts'

const finding: Row = {
  templateId: 'assayer-missing-security-headers',
  severity: 'critical',
  matcherName: 'strict-transport-security',
  host: '127.0.0.1',
  matchedAt: `http://127.0.0.1/\u001b[31m${'x'.repeat(200)}`,
}

const before = process.env['FORCE_COLOR']
beforeEach(() => void (process.env['FORCE_COLOR'] = '1'))
afterEach(() => {
  if (before === undefined) delete process.env['FORCE_COLOR']
  else process.env['FORCE_COLOR'] = before
})

test.each([80, 140])('a table of %s columns keeps colours whole and fits', (width) => {
  const lines = tableOf([finding], width).split('\n')
  expect(lines.some((line) => line.includes('\u001b[35mcritical\u001b[39m'))).toBe(true)
  for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width)
})

test("a target's own escape codes do not reach the terminal", () => {
  expect(tableOf([finding], 140)).not.toContain('\u001b[31m')
})
