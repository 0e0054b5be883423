import type { Clock } from '../wall/clock.ts'

/** The server may still execute a claim whose reply is lost: as long as its statements may take, and a little. */
const unheardMs = 12_000

type ClaimDoubt = {
  /** A claim failed, and may have taken a shard all the same. */
  raise(): void
  /** While in doubt, looks by `ask`; rejects as it does. The doubt ends with the first look that is answered once no claim can be under way. */
  look(ask: () => Promise<void>): Promise<void>
}

/** Whether this worker may hold a shard that it does not know of. */
export function claimDoubt(clock: Pick<Clock, 'monotonic'>): ClaimDoubt {
  let until: number | null = null
  return {
    raise: () => void (until = clock.monotonic() + unheardMs),
    async look(ask) {
      if (until === null) return
      const last = clock.monotonic() >= until
      await ask()
      if (last) until = null
    },
  }
}
