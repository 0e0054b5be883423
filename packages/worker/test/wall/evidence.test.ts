import { expect, test } from 'vitest'
import { createMeter } from '../../src/wall/counters.ts'
import { createEvidenceBook } from '../../src/wall/evidence.ts'
import { createPeakRate } from '../../src/wall/peak-rate.ts'
import { MAX_LINE_BYTES } from '../../src/wall/warden-messages.ts'
import { withoutNothing } from '../../src/wall/without-nothing.ts'
import { stillClock, target } from './helpers.ts'

test('what went to a pinned address counts for each of its names, spelled as the targets were', () => {
  const clock = stillClock(5000)
  const book = createEvidenceBook([target('A.test', 80), target('b.test', 80)], clock)
  createMeter(book.at('a.test', 80), clock).connect()
  clock.pass(1000)
  const meter = createMeter(book.at('10.0.0.1', 80), clock)
  meter.connect()
  meter.bytes('in', 7)
  meter.sign('answer')
  const { targets } = book.collect(() => ['10.0.0.1'])
  expect(targets).toHaveLength(2)
  expect(targets).toMatchObject([
    { host: 'A.test', port: 80, connects: 2, bytesIn: 7, answers: 1, firstAt: 5000, lastAt: 6000, firstAnswerAt: 6000 },
    { host: 'b.test', port: 80, connects: 1, bytesIn: 7, answers: 1, firstAt: 6000 },
  ])
})

test('an address that is a target itself keeps its own count', () => {
  const clock = stillClock()
  const book = createEvidenceBook([target('a.test', 80), target('10.0.0.1', 80)], clock)
  createMeter(book.at('10.0.0.1', 80), clock).connect()
  expect(book.collect(() => ['10.0.0.1']).targets).toMatchObject([
    { host: 'a.test', connects: 0 },
    { host: '10.0.0.1', connects: 1 },
  ])
})

test('a flood of other ports and hosts crowds no target out and stays bounded', () => {
  const clock = stillClock()
  const targets = [...Array.from({ length: 500 }, (_, n) => target(`host-${n}.test`, 443)), target('bare.test', null)]
  const book = createEvidenceBook(targets, clock)
  for (let port = 1; port < 10_000; port++) {
    book.at('bare.test', port).connects += 1
    book.at('elsewhere.test', port).connects += 1
    book.refused('refused.test', port, false)
  }
  book.at('host-499.test', 443).connects += 1
  const evidence = book.collect(() => [])
  expect(evidence.targets.length).toBeLessThanOrEqual(4097)
  expect(evidence.targets).toContainEqual(expect.objectContaining({ host: 'host-499.test', port: 443, connects: 1 }))
  const of = (host: string) => evidence.targets.filter((one) => one.host === host)
  expect(of('bare.test').reduce((sum, { connects }) => sum + connects, 0)).toBe(9999)
  expect(of('bare.test').find(({ port }) => port === 0)?.connects).toBeGreaterThan(0)
  expect(of('').length + of('elsewhere.test').length).toBeGreaterThan(0)
  expect(evidence.refused).toHaveLength(256)
  expect(evidence.refusedTotal).toBe(9999)
  expect(JSON.stringify(evidence).length).toBeLessThan(MAX_LINE_BYTES)
})

/** As the warden would send it, every count of every row at its longest. */
function sentBytes(book: ReturnType<typeof createEvidenceBook>, pinned: (name: string) => string[]): number {
  const { targets, ...rest } = book.collect(pinned)
  const rows = withoutNothing({ ...rest, targets, turnedAway: 0, stoodStillMs: 0 })
  return JSON.stringify({ type: 'evidence', attemptId: 'a', ...rest, targets: rows }).length
}

test('the evidence of ten thousand ports of one host, all of them busy, is one message', () => {
  const clock = stillClock(1_764_000_000_000)
  const ports = Array.from({ length: 10_000 }, (_, n) => n + 20_000)
  const book = createEvidenceBook(
    ports.map((port) => target('h.example.test', port)),
    clock,
  )
  for (const port of ports) {
    const meter = createMeter(book.at('h.example.test', port), clock)
    for (let n = 0; n < 3; n++) {
      meter.connect()
      meter.reached()
      meter.request()
    }
    for (const sign of ['asked', 'answer', 'tls-handshake', 'other'] as const) meter.sign(sign)
    for (const way of ['in', 'out'] as const) meter.bytes(way, 12_345)
    meter.closed()
  }
  expect(sentBytes(book, () => [])).toBeLessThan(MAX_LINE_BYTES)
})

test('five hundred names at one address, whose templates tried a hundred ports, are one message', () => {
  const clock = stillClock(1_764_000_000_000)
  const names = Array.from({ length: 500 }, (_, n) => `site-${n}.example.test`)
  const tried = (port: number | null) => {
    const book = createEvidenceBook(
      names.map((name) => target(name, port)),
      clock,
    )
    for (let at = 0; at < 100; at++) {
      const meter = createMeter(book.at('192.0.2.1', at + 400), clock)
      meter.connect()
      meter.closed()
    }
    return book
  }
  expect(tried(443).collect(() => ['192.0.2.1']).targets.length).toBeLessThan(1100)
  expect(sentBytes(tried(null), () => ['192.0.2.1'])).toBeLessThan(MAX_LINE_BYTES)
})

test('a connection that answers many times counts as answered once, its last answer last', () => {
  const clock = stillClock(0)
  const book = createEvidenceBook([target('a.test', 80)], clock)
  const meter = createMeter(book.at('a.test', 80), clock)
  for (const sign of ['tls-handshake', 'answer', 'answer'] as const) {
    meter.sign(sign)
    clock.pass(1000)
  }
  expect(book.collect(() => []).targets).toMatchObject([
    { answers: 1, tlsHandshakes: 1, firstAnswerAt: 1000, lastAnswerAt: 2000, firstOtherAt: 0, lastOtherAt: 0 },
  ])
})

test('the peak is the busiest second, wherever it began', () => {
  const rate = createPeakRate()
  for (const at of [0, 600, 700, 1500, 1550, 1690, 60_000]) rate.hit(at)
  // 700 to 1690.
  expect(rate.peak()).toBe(4)
  for (let n = 0; n < 9; n++) rate.hit(90_000)
  expect(rate.peak()).toBe(9)
})
