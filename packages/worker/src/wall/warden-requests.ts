import { WardenError } from './warden-error.ts'
import type { Evidence, WardenMessage } from './warden-messages.ts'

type Kind = 'open' | 'evidence' | 'close'
type Answer = Extract<WardenMessage, { type: 'opened' | 'evidence' | 'closed' | 'failed' }>
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

/** The worker's questions to its warden that are not answered yet. */
type WardenRequests = {
  /** The evidence in the answer, null for `open`. Rejects when late, by `signal`, when refused, or by `failAll`. */
  wait(kind: Kind, attemptId: string, deadlineMs: number, signal?: AbortSignal): Promise<Evidence | null>
  settle(answer: Answer): void
  /** Rejects all that wait, and whatever is asked from now on. */
  failAll(error: Error): void
}

const KIND = { opened: 'open', evidence: 'evidence', closed: 'close' } as const

/** `onLate`: it did not answer in time, so that it may have stopped for good. */
export function createWardenRequests(onLate: () => void): WardenRequests {
  const waiting = new Map<string, Waiting[]>()
  let over: Error | null = null

  return {
    async wait(kind, attemptId, deadlineMs, signal) {
      if (over) throw over
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const key = `${kind} ${attemptId}`
      waiting.set(key, [...(waiting.get(key) ?? []), { resolve, reject }])
      const late = () => {
        reject(new WardenError(`the warden did not answer "${kind}" within ${deadlineMs} ms`))
        onLate()
      }
      const giveUp = () => reject(new WardenError(`"${kind}" to the warden was given up`, { cause: signal?.reason }))
      // In two halves: where this process itself stood still, the answer lies there and is read between them.
      let timer: NodeJS.Timeout = setTimeout(() => (timer = setTimeout(late, deadlineMs / 2)), deadlineMs / 2)
      signal?.addEventListener('abort', giveUp, { once: true })
      if (signal?.aborted) giveUp()
      try {
        const answer = await promise
        if (answer.type === 'failed') throw new WardenError(`the warden refused "${kind}": ${answer.why}`)
        if (answer.type === 'opened') return null
        const { type: _, attemptId: __, ...evidence } = answer
        return evidence
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', giveUp)
      }
    },
    // Whoever gave up keeps his place: the answer still comes, and must not go to the next one.
    settle(answer) {
      const key = `${answer.type === 'failed' ? answer.request : KIND[answer.type]} ${answer.attemptId}`
      const [first, ...rest] = waiting.get(key) ?? []
      if (rest.length > 0) waiting.set(key, rest)
      else waiting.delete(key)
      first?.resolve(answer)
    },
    failAll(error) {
      over = error
      for (const { reject } of [...waiting.values()].flat()) reject(error)
      waiting.clear()
    },
  }
}
