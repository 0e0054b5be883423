import * as store from '@assayer/schema/store'
import { expect, test } from 'vitest'
import { fragments, readers, runs } from './told-failed/runs.ts'

const writes = /\b(?:insert into|delete from|update \w+(?: \w+)? set)\b/

test('each store function that changes rows has a run in which its reply is lost', () => {
  const told = new Set([...Object.keys(runs), ...readers, ...fragments])
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  expect(functions.filter(([name]) => !told.has(name)).map(([name]) => name)).toEqual([])
  expect([...told].filter((name) => !(name in store))).toEqual([])
})

test('no function that is said to read alone writes', () => {
  const wrong = Object.entries(store)
    .filter(([name, value]) => (readers as readonly string[]).includes(name) && writes.test(String(value)))
    .map(([name]) => name)
  expect(wrong).toEqual([])
  expect(writes.test(String(store.finishShard))).toBe(true)
})
