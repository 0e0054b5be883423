type On = {
  error(error: unknown): void
  end(): void
  /**
   * For what must not be taken for whole when it is not: an error, or a reader who takes nothing for this many milliseconds,
   * breaks the stream. Without it an error ends the stream like an end would, and a reader may take any time.
   */
  breaksAfter?: number
}

/**
 * A byte stream of the chunks that `make` yields, made only as fast as somebody reads. `make` is told by its signal when
 * nobody does any more. `on.end` is called once, whatever happened; `on.error` before it.
 */
export function streamOf(make: (signal: AbortSignal) => AsyncGenerator<string>, on: On): ReadableStream<Uint8Array> {
  const { breaksAfter } = on
  const gone = new AbortController()
  const chunks = make(gone.signal)
  const encoder = new TextEncoder()
  let stall: ReturnType<typeof setTimeout> | undefined

  const leave = async () => {
    gone.abort()
    on.end()
    await chunks.return(undefined).catch(on.error)
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stall)
      try {
        const { done, value } = await chunks.next()
        if (gone.signal.aborted) return
        if (!done) {
          controller.enqueue(encoder.encode(value))
          if (breaksAfter !== undefined) {
            stall = setTimeout(() => {
              controller.error(new Error('the reader takes nothing'))
              void leave()
            }, breaksAfter)
          }
          return
        }
      } catch (error) {
        if (gone.signal.aborted) return
        on.error(error)
        on.end()
        if (breaksAfter === undefined) controller.close()
        else controller.error(error)
        return
      }
      on.end()
      controller.close()
    },
    async cancel() {
      clearTimeout(stall)
      await leave()
    },
  })
}
