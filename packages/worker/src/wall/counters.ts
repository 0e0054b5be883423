import type { Sign } from './answer-watch.ts'
import type { Clock } from './clock.ts'
import { createPeakRate } from './peak-rate.ts'
import type { Counts } from './warden-messages.ts'

/** What is counted for one host and port; `rate` sees each connect and each further request on a connection. */
export type Counters = Omit<Counts, 'peakRequestsPerSecond'> & { rate: { hit(atMs: number): void; peak(): number } }

/** What a peer may leave without a word. The first request of a connection is not here: `asked` and `answers` tell of it. */
export type Owed = 'greeting' | 'request'

/** Writes down one connection. */
export type Meter = {
  connect(): void
  /** Now one connect or one further request goes out to the target. */
  reached(): void
  bytes(direction: 'in' | 'out', count: number): void
  request(): void
  sign(sign: Sign): void
  failed(): void
  /** The peer refused. */
  closed(): void
  timedOut(): void
  shed(): void
  /** A greeting in TLS, or a request after the first on its connection, went out. */
  owed(what: Owed): void
  /** Something came back for it, or the peer left, upon which Nuclei asks again elsewhere. */
  heard(what: Owed): void
}

export function createCounters(): Counters {
  return {
    connects: 0,
    failed: 0,
    closed: 0,
    shed: 0,
    timedOut: 0,
    refusedByScope: 0,
    bytesIn: 0,
    bytesOut: 0,
    requests: 0,
    asked: 0,
    answers: 0,
    unanswered: 0,
    greetingsUnanswered: 0,
    tlsHandshakes: 0,
    otherAnswers: 0,
    firstAt: null,
    lastAt: null,
    firstAnswerAt: null,
    lastAnswerAt: null,
    firstOtherAt: null,
    lastOtherAt: null,
    rate: createPeakRate(),
  }
}

const counterOf = { greeting: 'greetingsUnanswered', request: 'unanswered' } as const

/** A connection counts at most once as answered, as handshaken and as saying something else, whatever it repeats. */
export function createMeter(counters: Counters, clock: Clock): Meter {
  const seen = new Set<Sign>()
  return {
    connect() {
      counters.connects += 1
      counters.firstAt ??= clock.now()
      counters.lastAt = clock.now()
    },
    reached: () => counters.rate.hit(clock.monotonic()),
    bytes(direction, count) {
      if (direction === 'in') counters.bytesIn += count
      else counters.bytesOut += count
      counters.lastAt = clock.now()
    },
    request: () => void (counters.requests += 1),
    sign(sign) {
      const first = !seen.has(sign)
      seen.add(sign)
      const at = clock.now()
      switch (sign) {
        case 'asked':
          if (first) counters.asked += 1
          return
        case 'answer':
          if (first) counters.answers += 1
          counters.firstAnswerAt ??= at
          counters.lastAnswerAt = at
          return
        case 'tls-handshake':
        case 'other':
          if (first) counters[sign === 'other' ? 'otherAnswers' : 'tlsHandshakes'] += 1
          counters.firstOtherAt ??= at
          counters.lastOtherAt = at
      }
    },
    failed: () => void (counters.failed += 1),
    closed() {
      counters.failed += 1
      counters.closed += 1
    },
    timedOut: () => void (counters.timedOut += 1),
    shed() {
      counters.failed += 1
      counters.shed += 1
    },
    owed: (what) => void (counters[counterOf[what]] += 1),
    heard: (what) => void (counters[counterOf[what]] -= 1),
  }
}

/** The sum of several; of peaks the highest, of times the outermost. */
export function sumCounters(parts: readonly Counters[]): Counts {
  const sum = (of: (part: Counters) => number) => parts.reduce((total, part) => total + of(part), 0)
  const outermost = (pick: (...times: number[]) => number, of: (part: Counters) => number | null) => {
    const times = parts.map(of).filter((time) => time !== null)
    return times.length === 0 ? null : pick(...times)
  }
  return {
    connects: sum((c) => c.connects),
    failed: sum((c) => c.failed),
    closed: sum((c) => c.closed),
    shed: sum((c) => c.shed),
    timedOut: sum((c) => c.timedOut),
    refusedByScope: sum((c) => c.refusedByScope),
    bytesIn: sum((c) => c.bytesIn),
    bytesOut: sum((c) => c.bytesOut),
    requests: sum((c) => c.requests),
    asked: sum((c) => c.asked),
    answers: sum((c) => c.answers),
    unanswered: sum((c) => c.unanswered),
    greetingsUnanswered: sum((c) => c.greetingsUnanswered),
    tlsHandshakes: sum((c) => c.tlsHandshakes),
    otherAnswers: sum((c) => c.otherAnswers),
    peakRequestsPerSecond: Math.max(0, ...parts.map((c) => c.rate.peak())),
    firstAt: outermost(Math.min, (c) => c.firstAt),
    lastAt: outermost(Math.max, (c) => c.lastAt),
    firstAnswerAt: outermost(Math.min, (c) => c.firstAnswerAt),
    lastAnswerAt: outermost(Math.max, (c) => c.lastAnswerAt),
    firstOtherAt: outermost(Math.min, (c) => c.firstOtherAt),
    lastOtherAt: outermost(Math.max, (c) => c.lastOtherAt),
  }
}
