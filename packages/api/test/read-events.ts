import type { TestApi, TestKey } from './helpers.ts'

export type Event = { id: string | null; event: string; data: string }
export type Stream = {
  response: Response
  /** The next event; null when the stream has ended. Comments and the retry line are kept in `others`. */
  next(): Promise<Event | null>
  rest(): Promise<Event[]>
  others: string[]
  leave(): Promise<void>
}

/** Opens a scan's event stream as a client would. */
export async function openEvents(
  { app, key }: Pick<TestApi, 'app' | 'key'>,
  scanId: string,
  more: { lastId?: string; key?: TestKey } = {},
): Promise<Stream> {
  const response = await app.request(`/v1/scans/${scanId}/events`, {
    headers: {
      Authorization: `Bearer ${(more.key ?? key).text}`,
      Accept: 'text/event-stream',
      ...(more.lastId === undefined ? {} : { 'Last-Event-ID': more.lastId }),
    },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const others: string[] = []
  let text = ''
  const next = async (): Promise<Event | null> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end === -1) {
        const read = await reader?.read()
        if (read?.value === undefined) return null
        text += read.value
        continue
      }
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null
      const event = field('event')
      if (event !== null) return { id: field('id'), event, data: field('data') ?? '' }
      others.push(block)
    }
  }
  const rest = async () => {
    const events: Event[] = []
    for (let event = await next(); event !== null; event = await next()) events.push(event)
    return events
  }
  return { response, next, rest, others, leave: async () => await reader?.cancel() }
}
