import { formatId } from '@assayer/schema'
import { finishShard, settleScan } from '@assayer/schema/store'
import type { ClaimedShard } from '@assayer/schema/store'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import { createApp } from '../src/app.ts'
import { testApi } from './helpers.ts'
import type { ProblemBody, TestApi } from './helpers.ts'
import { openEvents } from './read-events.ts'
import type { Event } from './read-events.ts'
import { claim, record } from './scan-data.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

async function runningScan(): Promise<{ id: string; shard: ClaimedShard; end(): Promise<void> }> {
  const { sql, workspaceId } = api.db
  const scanId = await orderScan(sql, workspaceId)
  const shard = await claim(api.db)
  await settleScan(sql, workspaceId, scanId)
  const end = async () => {
    await finishShard(sql, shard, endOf([0]))
    await settleScan(sql, workspaceId, scanId)
  }
  return { id: formatId('scan', scanId), shard, end }
}

const names = (events: (Event | null)[]) => events.map((event) => event?.event)
const stateOf = (event: Event | null | undefined) => (JSON.parse(event?.data ?? '{}') as { state?: string }).state
const places = (events: Event[]) =>
  events
    .filter(({ event }) => event === 'finding')
    .map(({ data }) => (JSON.parse(data) as { matchedAt: string }).matchedAt)

test('a stream tells the scan at once, findings as they come, then the terminal scan and the end', async () => {
  const { id, shard, end } = await runningScan()
  const stream = await openEvents(api, id)
  expect(stream.response.status).toBe(200)
  expect(stream.response.headers.get('Content-Type')).toMatch(/^text\/event-stream/)
  const first = await stream.next()
  expect([first?.event, first?.id, stateOf(first), stream.others]).toEqual(['scan', null, 'running', ['retry: 2000']])
  await record(api.db, shard, 1, 2)
  const findings = [await stream.next(), await stream.next()]
  expect(findings).toMatchObject([
    { event: 'finding', id: '1' },
    { event: 'finding', id: '2' },
  ])
  await end()
  const last = await stream.rest()
  expect(names(last)).toEqual(['scan', 'end'])
  expect([stateOf(last[0]), last[1]]).toEqual(['completed', { id: 'end', event: 'end', data: 'completed' }])
})

test('told that the scan ended, a stream looks at once, however shortly it looked before', async () => {
  const { id, end } = await runningScan()
  const wakes = new Set<(ended?: boolean) => void>()
  const watch = (_: string, wake: (ended?: boolean) => void) => {
    wakes.add(wake)
    return () => wakes.delete(wake)
  }
  // By a clock that stands still the time of the next look never comes.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now())
  try {
    const app = createApp({ ...api.deps, progress: { watch, isUp: () => true } })
    const stream = await openEvents({ app, key: api.key }, id)
    expect(stateOf(await stream.next())).toBe('running')
    await end()
    for (const wake of wakes) wake(true)
    expect(names(await stream.rest())).toEqual(['scan', 'end'])
  } finally {
    clock.mockRestore()
  }
})

test('the stream of an ended scan is whole: scan, every finding, scan, end', async () => {
  const { id, shard, end } = await runningScan()
  await record(api.db, shard, 1, 100)
  await record(api.db, shard, 101, 200)
  await record(api.db, shard, 201, 250)
  await end()
  const events = await (await openEvents(api, id)).rest()
  expect([names(events.slice(0, 2)), names(events.slice(-2))]).toEqual([
    ['scan', 'finding'],
    ['scan', 'end'],
  ])
  expect(events.filter(({ event }) => event === 'finding').map((event) => Number(event.id))).toEqual(
    Array.from({ length: 250 }, (_, n) => n + 1),
  )
  const seen = await (await openEvents(api, id, { lastId: '250' })).rest()
  expect(names(seen)).toEqual(['scan', 'end'])
})

test('a client that breaks off again and again gets each finding exactly once and in order', async () => {
  const { id, shard, end } = await runningScan()
  const total = 120
  const write = async () => {
    for (let n = 1; n <= total; n += 6) await record(api.db, shard, n, n + 5)
    await end()
  }
  const writing = write()
  const seen: Event[] = []
  let lastId: string | undefined
  for (let turn = 1; lastId !== 'end'; turn++) {
    const stream = await openEvents(api, id, lastId === undefined ? {} : { lastId })
    for (let n = 0; n < 1 + (turn % 7) * 5; n++) {
      const event = await stream.next()
      if (event === null) break
      seen.push(event)
      lastId = event.id ?? lastId
    }
    await stream.leave()
  }
  await writing
  expect(new Set(places(seen)).size).toBe(total)
  expect(places(seen)).toHaveLength(total)
  const ids = seen.flatMap((event) => (event.event === 'finding' ? [Number(event.id)] : []))
  expect(ids).toEqual(ids.toSorted((one, other) => one - other))
  expect(stateOf(seen.at(-2))).toBe('completed')
})

test("after the end's id nothing is left: 204; other ids are 400, also the end's while the scan runs", async () => {
  const { id, shard, end } = await runningScan()
  await record(api.db, shard, 1, 1)
  const ask = async (lastId: string) => {
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': lastId }
    const { status, body } = await api.send<ProblemBody | null>('GET', `/v1/scans/${id}/events`, { headers })
    return [status, body?.code, body?.errors?.[0]?.name]
  }
  const refused = [400, 'malformed-request', 'Last-Event-ID']
  for (const lastId of ['end', '2', '0', '01', '-1', 'x', '9'.repeat(30)]) expect(await ask(lastId)).toEqual(refused)
  await end()
  expect(await ask('end')).toEqual([204, undefined, undefined])
  expect(await ask('END')).toEqual(refused)
})

test('HEAD answers with the headers of the stream and follows nothing', async () => {
  const { id } = await runningScan()
  let watched = 0
  const watch = () => {
    watched++
    return () => {}
  }
  const app = createApp({ ...api.deps, progress: { watch, isUp: () => true } })
  const headers = { Authorization: `Bearer ${api.key.text}`, Accept: 'text/event-stream' }
  const answer = await app.request(`/v1/scans/${id}/events`, { method: 'HEAD', headers })
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/event-stream/)
  expect(watched).toBe(0)
})
