import { expect, test } from 'vitest'
import { createMeter } from '../../src/wall/counters.ts'
import { createEvidenceBook } from '../../src/wall/evidence.ts'
import { createPeakRate } from '../../src/wall/peak-rate.ts'
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
  expect(JSON.stringify(evidence).length).toBeLessThan(4 * 1024 * 1024)
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
