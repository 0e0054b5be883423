import type { NewFinding } from '@assayer/schema/store'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { batchFindings } from './batch.ts'
import { finding } from './finding.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function gathered(options: { maxFindings?: number; gate?: () => Promise<void> } = {}) {
  const written: NewFinding[][] = []
  const batch = batchFindings({
    maxFindings: options.maxFindings ?? 10_000,
    async write(rows) {
      written.push(rows)
      await options.gate?.()
    },
  })
  return { written, batch, sizes: () => written.map((rows) => rows.length) }
}

test('a fingerprint goes out once an attempt, whatever Nuclei repeats', async () => {
  const { batch, written } = gathered()
  for (const n of [1, 2, 1, 1, 2]) await batch.add(finding(n))
  await batch.flush()
  await batch.add(finding(1))
  await batch.flush()
  expect(written).toHaveLength(1)
  expect(batch.distinct()).toBe(2)
})

test('a batch is in the order of fingerprints, so that two batches cannot lock each other out', async () => {
  const { batch, written } = gathered()
  for (const n of [3, 1, 15, 2]) await batch.add(finding(n))
  await batch.flush()
  const prints = written.flat().map(({ fingerprint }) => fingerprint)
  expect(prints).toEqual(prints.toSorted())
})

test('200 rows are written at once', async () => {
  const { batch, sizes } = gathered()
  for (let n = 0; n < 450; n++) await batch.add(finding(n))
  expect(sizes()).toEqual([200, 200])
  await batch.flush()
  expect(sizes()).toEqual([200, 200, 50])
})

test.each<[string, Partial<NewFinding>]>([
  ['evidence', { response: 'x'.repeat(1_048_576) }],
  ['extracted results', { extractedResults: ['x'.repeat(1_048_576)] }],
  ['detail', { detail: { description: 'x'.repeat(1_048_576) } }],
])('8 MiB are written at once: %s', async (_, more) => {
  const { batch, sizes } = gathered()
  for (let n = 0; n < 8; n++) await batch.add(finding(n, more))
  expect(sizes()).toEqual([8])
})

test('a single row is written after half a second', async () => {
  const { batch, sizes } = gathered()
  await batch.add(finding(1))
  await vi.advanceTimersByTimeAsync(499)
  expect(sizes()).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sizes()).toEqual([1])
})

test('while a write is under way one more batch gathers, and then the adder waits', async () => {
  const gate = Promise.withResolvers<void>()
  const { batch, sizes } = gathered({ gate: () => gate.promise })
  await batch.add(finding(0))
  await vi.advanceTimersByTimeAsync(500)
  for (let n = 1; n < 200; n++) await batch.add(finding(n))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sizes()).toEqual([1])
  let added = false
  const full = batch.add(finding(200)).then(() => (added = true))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(added).toBe(false)
  gate.resolve()
  await full
  expect(sizes()).toEqual([1, 200])
})

test('rows that a write held up are written by themselves when it is done', async () => {
  const gate = Promise.withResolvers<void>()
  const { batch, sizes } = gathered({ gate: () => gate.promise })
  await batch.add(finding(0))
  await vi.advanceTimersByTimeAsync(500)
  await batch.add(finding(1))
  await vi.advanceTimersByTimeAsync(500)
  gate.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(sizes()).toEqual([1, 1])
})

test('the failure of a write reaches the adder, and nothing is written after it', async () => {
  const { batch, sizes } = gathered({ gate: () => Promise.reject(new Error('no space')) })
  await batch.add(finding(0))
  await vi.advanceTimersByTimeAsync(500)
  const adding = async () => {
    for (let n = 1; n <= 200; n++) await batch.add(finding(n))
  }
  await expect(adding()).rejects.toThrow('no space')
  await expect(batch.flush()).rejects.toThrow('no space')
  expect(sizes()).toEqual([1])
})

test('past the cap findings are refused and counted, known ones are not', async () => {
  const { batch, sizes } = gathered({ maxFindings: 3 })
  for (const n of [1, 2, 3, 4, 5, 1]) await batch.add(finding(n))
  await batch.flush()
  expect(sizes()).toEqual([3])
  expect(batch.distinct()).toBe(3)
  expect(batch.refused()).toBe(2)
})
