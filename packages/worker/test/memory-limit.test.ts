import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { memoryShare } from '../src/memory-share.ts'
import { openLab } from './lab.ts'
import { memoryGroup } from './memory-group.ts'

const mib = 2 ** 20
const gib = 2 ** 30
afterEach(() => void vi.restoreAllMocks())

test.each([
  ['no group', 0, null],
  ['version 1 without a limit', 9_223_372_036_854_771_712, null],
  ['version 2 with `max`', 2 ** 64, null],
  ['2 GiB', 2 * gib, Math.trunc((2 * gib - 200 * mib) * 0.425)],
  ['less than two Nucleis need', 256 * mib, 128 * mib],
])('of %s a Nuclei gets its share', (_, limit, share) => {
  vi.spyOn(process, 'constrainedMemory').mockReturnValue(limit)
  expect(memoryShare(2)).toBe(share)
})

test('a worker in a control group with a limit tells each Nuclei its share', async ({ skip }) => {
  const group = memoryGroup(gib)
  if (group === null) return skip('no control group can be made here')
  onTestFinished(() => group.remove())
  const lab = await openLab()
  try {
    const worker = await lab.worker({ WORKER_CONCURRENCY: '2' })
    const run = async (host: string) => {
      await lab.ended(await lab.order([`http://${host}:${lab.site.port}`]))
      return (await lab.scanner.runs(host)).map(({ env }) => env['GOMEMLIMIT'])
    }
    expect(await run('127.0.0.80')).toEqual([memoryShare(2)?.toString()])
    group.add(worker.pid)
    expect(await run('127.0.0.81')).toEqual([String(Math.trunc((gib - 200 * mib) * 0.425))])
  } finally {
    await lab.close()
  }
})
