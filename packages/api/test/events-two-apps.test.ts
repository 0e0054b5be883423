import { formatId } from '@assayer/schema'
import { finishShard, recordFindings, settleScan, shardTargets } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hold, waitingForLocks } from '../../schema/test/store-fixture.ts'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { openEvents } from './read-events.ts'
import type { Event } from './read-events.ts'
import { claim, finding } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

test('two shards that write at once, the first to insert the last to commit: each finding once, also from another API', async () => {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId, 2)
  const [first, second] = [await claim(api.db), await claim(api.db)]
  await settleScan(sql, workspaceId, scanId)
  const id = formatId('scan', scanId)
  const other = { app: createApp(api.deps), key: api.key }

  const seen: Event[] = []
  const stream = await openEvents(api, id)
  expect((await stream.next())?.event).toBe('scan')
  const held = await hold(api.db.url)
  await recordFindings(held.sql, first, [finding(1), finding(2)])
  const late = recordFindings(sql, second, [finding(3)])
  await waitingForLocks(sql)
  await held.commit()
  expect(await late).toBe(1)
  for (let event = await stream.next(); event !== null; event = await stream.next()) {
    if (event.event !== 'finding') continue
    seen.push(event)
    break
  }
  await stream.leave()

  await recordFindings(sql, first, [finding(4)])
  for (const shard of [second, first]) {
    const targets = await shardTargets(sql, shard)
    await finishShard(sql, shard, endOf(targets.map(({ ordinal }) => ordinal)))
  }
  await settleScan(sql, workspaceId, scanId)
  const rest = await (await openEvents(other, id, { lastId: '1' })).rest()
  seen.push(...rest.filter(({ event }) => event === 'finding'))
  expect(seen.map((event) => event.id)).toEqual(['1', '2', '3', '4'])
  expect(seen.map(({ data }) => (JSON.parse(data) as { matchedAt: string }).matchedAt)).toEqual(
    [1, 2, 3, 4].map((n) => `https://h0.example.com/${n}`),
  )
  expect(rest.at(-1)).toEqual({ id: 'end', event: 'end', data: 'completed' })
})
