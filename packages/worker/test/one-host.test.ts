import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import { turns } from './site.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

test('two scans of one host never run at once, neither in two slots nor in two workers', async () => {
  const host = '127.0.0.50'
  await lab.scanner.plan(host, 'take a second')
  await lab.worker({ WORKER_CONCURRENCY: '2' })
  await lab.worker({ WORKER_CONCURRENCY: '2' })
  const target = `http://${host}:${lab.site.port}`
  const scans = await Promise.all([lab.order([target]), lab.order([target]), lab.order([target])])
  const settled = await Promise.all(scans.map((scan) => lab.settled(scan, true)))
  expect(settled.map(({ scan }) => scan.state)).toEqual(['completed', 'completed', 'completed'])
  expect(settled.map(({ shards }) => shards[0]?.losses)).toEqual([0, 0, 0])
  expect(turns(lab.site.runsAt(host))).toHaveLength(3)
  const yielded = settled.flatMap(({ attempts }) => attempts).filter(({ outcome }) => outcome === 'released')
  expect(yielded.length).toBeGreaterThan(0)
  expect(yielded.map(({ detail }) => detail['why'])).toEqual(yielded.map(() => 'yielded'))
})
