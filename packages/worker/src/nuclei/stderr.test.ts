import { expect, test } from 'vitest'
import { hear, nothingTold } from './stderr.ts'

const heard = (...lines: string[]) => {
  const told = nothingTold()
  for (const line of lines) hear(told, line)
  return told
}
const stats = (more: Record<string, unknown>) =>
  JSON.stringify({ duration: '0:00:34', errors: '0', percent: '0', requests: '0', rps: '163', ...more })

test('a stats line moves the counters and is not kept as text', () => {
  const told = heard(stats({ requests: '5484', errors: '40', percent: '92' }))
  expect(told).toEqual({ ...nothingTold(), requests: 5484, errors: 40, percent: 92 })
})

test('counters never go back, and nothing but the end is 100 percent', () => {
  const told = heard(
    stats({ requests: '10', errors: '2', percent: '40' }),
    stats({ requests: '4', errors: '1', percent: '30' }),
    stats({ percent: '101' }),
  )
  expect(told).toMatchObject({ requests: 10, errors: 2, percent: 99 })
})

test.each(['9223372036854775808', '-1', 'n/a', '', '1e400', '12.5', 'Infinity'])('%j counts as nothing', (text) => {
  expect(heard(stats({ requests: text, errors: text, percent: text }))).toMatchObject({
    requests: 0,
    errors: 0,
    percent: 0,
  })
})

test.each(['{', '{"requests":5,"errors":"1","percent":"1"}', '{"requests":"5"}', '[]', 'null'])(
  'what only looks like a stats line is text: %s',
  (line) => {
    expect(heard(line)).toEqual({ ...nothingTold(), tail: [line] })
  },
)

test('sentences are read through the colours that -nc leaves', () => {
  const told = heard(
    '[\u001b[34mINF\u001b[0m] Templates loaded for current scan: 24',
    '[\u001b[93mWRN\u001b[0m] \u001b[1mSkipped\u001b[0m 127.0.0.9:18200 from target list as found unresponsive permanently',
    '[INF] Skipped [::1]:80 from target list as found unresponsive',
  )
  expect(told.templatesLoaded).toBe(24)
  expect(told.skipped).toEqual(['127.0.0.9:18200', '[::1]:80'])
  expect(told.tail[0]).toBe('[INF] Templates loaded for current scan: 24')
})

test('how many templates were loaded is said before any target could have a word: the first one counts', () => {
  const told = heard(
    '[INF] Templates loaded for current scan: 2',
    '[WRN] could not read "Templates loaded for current scan: 24',
  )
  expect(told.templatesLoaded).toBe(2)
})

test('control characters do not reach a person', () => {
  const told = heard('a\u0000b\u0007c\u001b]0;title\u0007d\u009b31me\rf\tg')
  expect(told.tail).toEqual(['abc]0;titled31mef\tg'])
})

test('the tail keeps the last 40 lines, 500 characters each', () => {
  const told = heard(...Array.from({ length: 100 }, (_, n) => `${n} ${'x'.repeat(1000)}`))
  expect(told.tail).toHaveLength(40)
  expect(told.tail[0]).toMatch(/^60 x+$/)
  expect(told.tail[0]).toHaveLength(500)
})

test('a line is cut between characters, never inside one', () => {
  const told = heard(`${'x'.repeat(499)}\u{1f600}`)
  expect(told.tail[0]?.isWellFormed()).toBe(true)
  expect(told.tail[0]).toMatch(/^x{499}/)
})

test('a flood of skipped targets is bounded', () => {
  const told = heard(...Array.from({ length: 20_100 }, (_, n) => `Skipped h${n}:80 from target list`))
  expect(told.skipped).toHaveLength(20_000)
})
