import type { Clock } from './clock.ts'
import { createEvidenceBook, type EvidenceBook } from './evidence.ts'
import { hostText, parseHost } from './host.ts'
import { createPins, type Pins } from './pins.ts'
import type { ResolveName } from './resolve.ts'
import { createSlots, type Slots } from './slots.ts'
import type { Strain } from './strain.ts'
import type { Evidence, OpenMessage } from './warden-messages.ts'

/** One attempt at the wall: who it is, where it may go, what it did, and its living connections. */
export type WallAttempt = Omit<OpenMessage, 'type' | 'asOf' | 'targets'> & {
  pins: Pins
  book: EvidenceBook
  slots: Slots
  targetNames: readonly string[]
  isTarget(host: string): boolean
  connections: Set<AbortController>
  shut: boolean
  strain: Strain
}

const LOOKUPS_AT_ONCE = 16
const LOOKUP_DEADLINE_MS = 5000

export function createAttempt(
  order: Omit<OpenMessage, 'type' | 'asOf'>,
  resolve: ResolveName,
  clock: Clock,
): WallAttempt {
  const { targets, ...rest } = order
  const hosts = new Set(targets.map(({ host }) => hostText(host)))
  const targetNames = [...hosts].filter((host) => parseHost(host)?.kind === 'name')
  const pins = createPins(resolve, clock)
  return {
    ...rest,
    pins,
    book: createEvidenceBook(targets, clock),
    slots: createSlots(order.maxConnections),
    targetNames,
    isTarget: (host) => hosts.has(host) || targetNames.some((name) => pins.known(name).includes(host)),
    connections: new Set(),
    shut: false,
    strain: { turnedAway: 0, stoodStillMs: 0 },
  }
}

/** Looks up and pins the targets' names, as far as that goes within ten seconds. */
export async function pinTargets({ pins, targetNames }: WallAttempt, clock: Clock): Promise<void> {
  const until = clock.monotonic() + LOOKUP_DEADLINE_MS
  const names = targetNames.values()
  await Promise.all(
    Array.from({ length: LOOKUPS_AT_ONCE }, async () => {
      for (const name of names) if (clock.monotonic() < until) await pins.lookup(name)
    }),
  )
}

/** From now on no byte of the attempt reaches a target: living connections are reset, new ones refused. */
export function shutAttempt(attempt: WallAttempt): void {
  attempt.shut = true
  for (const connection of attempt.connections) connection.abort()
}

export function evidenceOf({ book, pins, strain }: WallAttempt): Evidence {
  return { ...book.collect((name) => pins.known(name)), ...strain }
}
