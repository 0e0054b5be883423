import { afterAll, beforeAll, expect, test } from 'vitest'
import * as store from '../../src/store/index.ts'
import { clearShards, freshWorkspace } from '../store-fixture.ts'
import { installTestBundle, testDatabase } from '../testing.ts'
import type { TestDatabase } from '../testing.ts'
import { apart } from './apart.ts'
import { makeHome, rowsOf } from './home.ts'
import { reached } from './reached.ts'
import type { Reach } from './reached.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await installTestBundle(db.sql)
})
afterAll(() => db.drop())

const isNothing = (answer: unknown) =>
  answer == null || answer === false || (Array.isArray(answer) && answer.length === 0)

test('every function of the store is reached with a workspace, or stands apart with a reason', () => {
  const known = new Set([...Object.keys(reached), ...Object.keys(apart)])
  const unlisted = Object.keys(store).filter((name) => !known.has(name))
  const where = 'give each a line in second-wall/reached.ts, or in second-wall/apart.ts with its reason'
  expect(unlisted, `Functions of the store in neither list: ${where}`).toEqual([])
})

test.each(Object.entries(store).filter(([name]) => name in reached))('%s takes sql, then the workspace', (_, send) => {
  const text = String(send)
  expect(text).toMatch(/^(?:async )?(?:function \w+)?\s*\(\s*sql,\s*workspaceId\b/)
})

test.each(Object.entries<Reach>(reached))(
  '%s gives a foreign workspace nothing and changes nothing of its home',
  async (_, reach) => {
    const { sql } = db
    await clearShards(sql)
    const home = await makeHome(sql)
    await reach.before?.(sql, home)
    const before = await rowsOf(sql, home.workspaceId)
    const answer = await reach.ask(sql, await freshWorkspace(sql), home)
    expect(await rowsOf(sql, home.workspaceId)).toEqual(before)
    if (reach.foreign) expect(answer).toEqual(reach.foreign(home))
    else if (!reach.makes) expect(answer).toSatisfy(isNothing)
    // What home itself gets or changes, so that nothing above is empty for another reason.
    const own = await reach.ask(sql, home.workspaceId, home)
    const changed = JSON.stringify(await rowsOf(sql, home.workspaceId)) !== JSON.stringify(before)
    expect(changed || !isNothing(own)).toBe(true)
  },
)
