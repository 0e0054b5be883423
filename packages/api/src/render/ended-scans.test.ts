import { expect, test } from 'vitest'
import { createEndedScans } from './ended-scans.ts'

const head = (id: string, more = {}) => ({ id, version: 1, ended: true, ...more })

test('the scans not asked for the longest go first when the cap is reached', () => {
  const ended = createEndedScans(30)
  for (const id of ['a', 'b', 'c']) ended.keep('w', head(id), id.repeat(10))
  ended.find('w', 'a')
  ended.keep('w', head('d'), 'd'.repeat(10))
  expect(['a', 'b', 'c', 'd'].filter((id) => ended.find('w', id))).toEqual(['a', 'c', 'd'])
})

test('a text replaces the one before it and counts once', () => {
  const ended = createEndedScans(20)
  for (let version = 1; version < 5; version++) ended.keep('w', head('a', { version }), 'a'.repeat(10))
  ended.keep('w', head('b'), 'b'.repeat(10))
  expect(ended.find('w', 'a')).toEqual({ version: 4, text: 'a'.repeat(10) })
})

test('nothing is kept of a scan that has not ended, nor shown to another workspace', () => {
  const ended = createEndedScans(20)
  ended.keep('w', head('a', { ended: false }), 'text')
  ended.keep('w', head('b'), 'text')
  expect([ended.find('w', 'a'), ended.find('v', 'b')]).toEqual([null, null])
})
