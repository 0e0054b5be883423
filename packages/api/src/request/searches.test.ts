import { expect, test } from 'vitest'
import { createSearches } from './searches.ts'

const bounds = { places: 1, line: 1, waitMs: 60_000 }
const waits = () => Promise.withResolvers<string>()

test('a search waits for one before it, and beyond the line it is told to come again', async () => {
  const search = createSearches(bounds)
  const [first, second] = [waits(), waits()]
  let begun = 0
  const begin = (one: ReturnType<typeof waits>) =>
    search(() => {
      begun++
      return one.promise
    })
  const answers = [begin(first), begin(second)]
  await expect(begin(waits())).rejects.toMatchObject({ code: 'overloaded', headers: { 'Retry-After': '5' } })
  expect(begun).toBe(1)
  first.resolve('one')
  second.resolve('two')
  expect(await Promise.all(answers)).toEqual(['one', 'two'])
})

test('a search that the database gave up on says what to do, any other failure stays what it is; both give back their place', async () => {
  const search = createSearches(bounds)
  const fail = (code: string) => search(() => Promise.reject(Object.assign(new Error(code), { code })))
  await expect(fail('57014')).rejects.toMatchObject({ code: 'overloaded', detail: expect.stringContaining('narrow') })
  await expect(fail('55P03')).rejects.toMatchObject({ code: '55P03' })
  expect(await search(async () => 'found')).toBe('found')
})
