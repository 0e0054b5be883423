import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/id.ts'
import {
  askValidation,
  claimValidation,
  endValidation,
  ensureWorkspace,
  releaseValidation,
  removeUnused,
  renewValidation,
  validationOutcome,
} from '../src/store/index.ts'
import { testDatabase } from './testing.ts'
import type { TestDatabase } from './testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.sql`delete from template_validations`
})

const refused = { ok: false, code: 'template-invalid', message: 'no' } as const
const worker = (leaseMs = 3000) => ({ id: newId(), leaseMs })
async function ask(): Promise<string> {
  const id = newId()
  expect(await askValidation(db.sql, db.workspaceId, id, 'id: a')).toBe(true)
  return id
}

test('of many workers one gets a validation, and only its outcome is written', async () => {
  const id = await ask()
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimValidation(db.sql, worker())))
  const [claim, ...others] = claims.filter((one) => one !== null)
  expect([claim?.id, claim?.source, others.length]).toEqual([id, 'id: a', 0])
  expect(await validationOutcome(db.sql, db.workspaceId, id)).toBeNull()
  expect(await endValidation(db.sql, claim as never, refused)).toBe(true)
  expect(await validationOutcome(db.sql, db.workspaceId, id)).toEqual(refused)
})

test('once the lease has ended another worker takes it, and the first one is fenced', async () => {
  const id = await ask()
  const first = await claimValidation(db.sql, worker(0))
  const second = await claimValidation(db.sql, worker())
  expect([first?.attempt, second?.attempt, second?.id]).toEqual([1, 2, id])
  expect(await renewValidation(db.sql, first as never, 3000)).toBe(false)
  expect(await endValidation(db.sql, first as never, refused)).toBe(false)
  expect(await renewValidation(db.sql, second as never, 3000)).toBe(true)
  expect(await validationOutcome(db.sql, db.workspaceId, id)).toBeNull()
})

test('what a worker gives back is free at once', async () => {
  const id = await ask()
  const first = await claimValidation(db.sql, worker())
  expect(await claimValidation(db.sql, worker())).toBeNull()
  await releaseValidation(db.sql, first as never)
  expect((await claimValidation(db.sql, worker()))?.id).toBe(id)
})

test('what nobody waits for any more is not begun, not renewed, and removed', async () => {
  const id = await ask()
  const claim = await claimValidation(db.sql, worker())
  await ask()
  await db.sql`update template_validations set created_at = now() - interval '11 seconds'`
  expect(await claimValidation(db.sql, worker())).toBeNull()
  expect(await renewValidation(db.sql, claim as never, 3000)).toBe(false)
  expect(await removeUnused(db.sql)).toBe(0)
  await db.sql`update template_validations set created_at = now() - interval '2 minutes'`
  expect(await removeUnused(db.sql)).toBe(2)
  expect(await validationOutcome(db.sql, db.workspaceId, id)).toBeNull()
})

test('of one workspace half of fifty may wait, two leave room for a third, and asking again is no further one', async () => {
  const asked: string[][] = []
  for (const name of ['first', 'second', 'third']) {
    const workspaceId = await ensureWorkspace(db.sql, name, newId())
    const ids: string[] = []
    for (let id = newId(); await askValidation(db.sql, workspaceId, id, 'id: a'); id = newId()) ids.push(id)
    expect(await askValidation(db.sql, workspaceId, ids[0] ?? '', 'id: a')).toBe(true)
    asked.push(ids)
  }
  expect(asked.map(({ length }) => length)).toEqual([25, 13, 6])
})

test("another workspace's outcome is not there", async () => {
  const id = await ask()
  await endValidation(db.sql, (await claimValidation(db.sql, worker())) as never, refused)
  expect(await validationOutcome(db.sql, newId(), id)).toBeNull()
})
