/**
 * A byte stream of the chunks that `make` yields, made only as fast as somebody reads. `make` is told by its signal when
 * nobody does any more. An error ends the stream like an end would, after `onError`; `onEnd` is called once, whatever
 * happened.
 */
export function streamOf(
  make: (signal: AbortSignal) => AsyncGenerator<string>,
  on: { error(error: unknown): void; end(): void },
): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const chunks = make(gone.signal)
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        if (gone.signal.aborted) return
        if (!done) {
          controller.enqueue(encoder.encode(value))
          return
        }
      } catch (error) {
        if (gone.signal.aborted) return
        on.error(error)
      }
      on.end()
      controller.close()
    },
    async cancel() {
      gone.abort()
      on.end()
      await chunks.return(undefined).catch(on.error)
    },
  })
}
