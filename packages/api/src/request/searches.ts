import { problem } from '@assayer/schema'
import { ranTooLong } from '@assayer/schema/store'
import { createPlaces } from './places.ts'

/** Runs a search that reads row after row until its page is full, as no index knows what it looks for. */
export type Searches = <T>(search: () => Promise<T>) => Promise<T>

/**
 * So many such searches at once, so that they leave connections to all other requests; before them a line, where each waits `waitMs` at
 * most. `overloaded` beyond, and with what to do about it where the database gave up on one.
 */
export function createSearches(bounds: { places: number; line: number; waitMs: number }): Searches {
  const places = createPlaces(bounds)
  return async (search) => {
    if (!(await places.take())) throw overloaded('Too many searches are under way')
    try {
      return await search()
    } catch (error) {
      if (ranTooLong(error)) throw overloaded(narrower)
      throw error
    } finally {
      places.giveBack()
    }
  }
}

const narrower = 'The search took too long: narrow it, to one scan, by since or severity'
const overloaded = (detail: string) => problem('overloaded', { detail, headers: { 'Retry-After': '5' } })
