import { newId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claim, hold, waitingForLocks } from '../../schema/test/store-fixture.ts'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { openLab, until } from './lab.ts'
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
  // Claims of one instant may meet all the same.
  const yielded = settled.flatMap(({ attempts }) => attempts).filter(({ outcome }) => outcome === 'released')
  expect(yielded.map(({ detail }) => detail['why'])).toEqual(yielded.map(() => 'yielded'))
})

test('an attempt that meets one which its claim did not see yields, and completes once that one has ended', async () => {
  const { sql, url, workspaceId } = lab.db
  const host = '127.0.0.51'
  await lab.scanner.plan(host, 'complete')
  await lab.worker()
  const unseen = await hold(url)
  const shards = [{ id: newId(), hosts: [host], templateSet: 0, targets: [0] }]
  await orderScan(unseen.sql, workspaceId, 1, { shards })
  const shard = await claim(unseen.sql)
  const scanId = await lab.order([`http://${host}:${lab.site.port}`])
  await waitingForLocks(sql)
  await unseen.commit()
  await until('the attempt that yields', async () => {
    const rows = await sql`select from attempts where scan_id = ${scanId} and detail->>'why' = 'yielded'`
    return rows.length > 0
  })
  await finishShard(sql, shard, endOf([0]))
  await settleScan(sql, workspaceId, shard.scanId)
  expect((await lab.settled(scanId, true)).scan.state).toBe('completed')
})
