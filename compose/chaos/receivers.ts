import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { call } from '../client/http.ts'
import type { Service } from '../client/http.ts'

/** One POST as a receiver got it. */
type Post = { id: string; body: string }
export type Answer = (reply: ServerResponse, post: Post) => void
export type Receiver = {
  url: string
  endpointId: string
  posts: Post[]
  /** What is wrong with what came: a signature, another method. */
  wrong: string[]
  /** How it answers from now on. */
  answer: Answer
  /** Has the service send it a sample. */
  test(): Promise<void>
}
export type Receivers = {
  /** A receiver on 127.0.0.1 and the endpoint for it. */
  open(answer: Answer, events?: string[]): Promise<Receiver>
  /** An endpoint with this URL; its id. */
  subscribe(url: string, events?: string[]): Promise<{ id: string; secret: string }>
  test(endpointId: string): Promise<void>
  all(): readonly Receiver[]
  stop(): Promise<void>
}

export const accept: Answer = (reply) => void reply.writeHead(204).end()

const mostBytes = 65_536

/** Receivers of the service's events on loopback, which check the signature of all they get. */
export function openReceivers(service: () => Service | undefined): Receivers {
  const servers: Server[] = []
  const receivers: Receiver[] = []
  const ask = async (path: string, body: unknown = {}): Promise<unknown> => {
    const to = service()
    if (to === undefined) throw new Error('no API to ask')
    return await (await call(to, path, { method: 'POST', body })).json()
  }
  // By default an event that no row brings about: then samples alone come.
  const subscribe = async (url: string, events: string[] = ['scan.cancelled']) =>
    (await ask('/v1/webhook-endpoints', { url, events })) as { id: string; secret: string }
  const test = async (id: string) => void (await ask(`/v1/webhook-endpoints/${id}/test`))

  const open = async (answer: Answer, events?: string[]): Promise<Receiver> => {
    let secret = ''
    const server = createServer((request, reply) => {
      let body = ''
      request.on('error', () => {})
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
        if (body.length > mostBytes) request.destroy()
      })
      request.on('end', () => {
        const post = { id: String(request.headers['webhook-id']), body }
        receiver.posts.push(post)
        try {
          if (request.method !== 'POST') throw new Error(`a ${request.method} came`)
          new Webhook(secret).verify(body, request.headers as Record<string, string>)
        } catch (error) {
          receiver.wrong.push(`${post.id}: ${error instanceof Error ? error.message : String(error)}`)
        }
        receiver.answer(reply, post)
      })
    })
    servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const receiver: Receiver = {
      url,
      endpointId: '',
      posts: [],
      wrong: [],
      answer,
      test: () => test(receiver.endpointId),
    }
    receivers.push(receiver)
    const made = await subscribe(url, events)
    receiver.endpointId = made.id
    secret = made.secret
    return receiver
  }
  return {
    open,
    subscribe,
    test,
    all: () => receivers,
    async stop() {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise<void>((done) => void server.close(() => done()))
      }
    },
  }
}
