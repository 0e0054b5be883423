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

export function createWardenRequests(): WardenRequests {
  const waiting = new Map<string, Waiting[]>()
  let over: Error | null = null

  return {
    async wait(kind, attemptId, deadlineMs, signal) {
      if (over) throw over
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const key = `${kind} ${attemptId}`
      waiting.set(key, [...(waiting.get(key) ?? []), { resolve, reject }])
      const late = () => reject(new Error(`the warden did not answer "${kind}" within ${deadlineMs} ms`))
      const giveUp = () => reject(new Error(`"${kind}" to the warden was given up`, { cause: signal?.reason }))
      const timer = setTimeout(late, deadlineMs)
      signal?.addEventListener('abort', giveUp, { once: true })
      if (signal?.aborted) giveUp()
      try {
        const answer = await promise
        if (answer.type === 'failed') throw new Error(`the warden refused "${kind}": ${answer.why}`)
        if (answer.type === 'opened') return null
        const { at, targets, refused, refusedTotal } = answer
        return { at, targets, refused, refusedTotal }
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
