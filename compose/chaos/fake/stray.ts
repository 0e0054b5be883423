import { setTimeout as sleep } from 'node:timers/promises'
import { askThrough } from './through-wall.ts'
import type { Wall } from './through-wall.ts'

export type Target = { host: string; port: number }
/** How a run asks: through which wall, and with what head. */
export type Asks = { wall: Wall; head: string; paceMs: number }

/** Asks on and on, as the run it comes from, until it was not answered five times in a row. */
export async function stray({ wall, head, paceMs, ...at }: Target & Asks): Promise<void> {
  for (let silent = 0; silent < 5;) {
    silent = (await askThrough(wall, { ...at, head }, 1000)) === 'answered' ? 0 : silent + 1
    await sleep(paceMs)
  }
}
