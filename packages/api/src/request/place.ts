import { problem } from '@assayer/schema'
import type { Context } from 'hono'
import { within } from './deadline.ts'
import type { Places } from './places.ts'
import type { Shares } from './shares.ts'

/** A body gets this long to arrive once it is asked for. */
const bodyMs = 10_000

/** Bodies that are awaited, and the bytes of them that are held. */
export type Bodies = { count: Shares; bytes: Shares }

/** A request's place among those under way. */
export type Place = {
  /** In whose share its body counts: the key, an address where there is none. */
  client: string
  /** `overloaded` where no place comes free in time. */
  take(): Promise<void>
  /** For good. */
  giveBack(): void
  /**
   * What `read` reads of the body, while others have the place. `read` tells each byte that it is about to hold. `overloaded` beyond the
   * client's share, `malformed-request` when the body is not whole within ten seconds.
   */
  awaitBody<T>(read: (hold: (bytes: number) => void) => Promise<T>): Promise<T>
}

export function createPlace(places: Places, bodies: Bodies, client: string): Place {
  let placed = false
  let over = false
  const leave = () => {
    if (placed) places.giveBack()
    placed = false
  }
  const place: Place = {
    client,
    async take() {
      placed = await places.take()
      if (over) leave()
      else if (!placed) throw problem('overloaded', { headers: { 'Retry-After': '1' } })
    },
    giveBack() {
      over = true
      leave()
    },
    async awaitBody(read) {
      const held: (() => void)[] = []
      let waits = true
      const hold = (shares: Shares, units: number) => {
        const giveBack = waits ? shares.take(place.client, units) : null
        if (giveBack === null) throw tooMany()
        held.push(giveBack)
      }
      leave()
      try {
        hold(bodies.count, 1)
        const body = await within(
          bodyMs,
          read((bytes) => hold(bodies.bytes, bytes)),
          () => problem('malformed-request', { detail: 'The body did not arrive in time' }),
        )
        await place.take()
        return body
      } finally {
        waits = false
        for (const giveBack of held) giveBack()
      }
    },
  }
  return place
}

const tooMany = () =>
  problem('overloaded', { detail: 'Too many bodies are on their way: send it again', headers: { 'Retry-After': '1' } })

export const keepPlace = (c: Context, place: Place): void => c.set('place', place)

/** The place of the request that `c` is of. */
export const placeOf = (c: Context): Place => c.get('place') as Place
