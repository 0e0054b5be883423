import { setImmediate as turn } from 'node:timers/promises'
import { createLog } from '@assayer/schema'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../schema/test/testing.ts'
import { openSession } from '../src/lease/session.ts'

/** A session, and the keys it told of. */
async function open() {
  const db = await testDatabase()
  const keys: (string | null)[] = []
  const session = openSession({
    url: db.env.DATABASE_SESSION_URL,
    pooled: false,
    log: createLog('worker', 'silent'),
    onKey: (key) => keys.push(key),
  })
  onTestFinished(async () => {
    await session.close()
    await db.drop()
  })
  return { session, keys }
}

/** Keeps this process from everything else, as a SIGSTOP does. */
function standStill(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test('a session outlives a worker that stood still: the answer lay there unread when its deadline passed', async () => {
  const { session, keys } = await open()
  expect(await session.read((sql) => sql`select 1 as one`)).toEqual([{ one: 1 }])
  const answer = session.read((sql) => sql`select 2 as two`)
  await turn()
  standStill(2500)
  expect(await answer).toEqual([{ two: 2 }])
  expect(keys).toEqual([expect.any(String)])
})

test('a server that is silent past the deadline loses the session', async () => {
  const { session, keys } = await open()
  expect(await session.read((sql) => sql`select pg_sleep(4)`)).toBeNull()
  expect(session.key()).toBeNull()
  expect(keys).toEqual([expect.any(String), null])
})
