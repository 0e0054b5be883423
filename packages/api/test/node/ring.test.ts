import { createLog } from '@assayer/schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../schema/test/testing.ts'
import type { TestDatabase } from '../../../schema/test/testing.ts'
import { createRing } from '../../src/node/ring.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const log = createLog('test', 'silent')

test('many rings become a few, and the last one is always heard', async () => {
  let heard = 0
  let bells = 0
  const { unlisten } = await db.sql.listen('assayer_work', () => heard++)
  const ring = createRing({ bell: { ring: () => bells++ }, sql: db.sql, log })
  for (let n = 0; n < 1000; n++) ring()
  await expect.poll(() => heard).toBe(2)
  ring()
  await expect.poll(() => heard).toBe(3)
  expect(bells).toBe(3)
  await unlisten()
})

test('a ring that cannot be sent throws nothing and does not stop the next', async () => {
  let sent = 0
  const sql = new Proxy(db.sql, {
    apply() {
      sent++
      return Promise.reject(new Error('away'))
    },
  })
  const ring = createRing({ bell: { ring() {} }, sql, log })
  ring()
  ring()
  await expect.poll(() => sent).toBe(2)
})
