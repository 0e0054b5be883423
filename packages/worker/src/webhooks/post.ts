import type { LookupAddress } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { canonicalAddress, judgeReceiver, parseReceiver } from '@assayer/schema'
import type { ReceiverScope } from '@assayer/schema'
import type { ResolveName } from '../wall/resolve.ts'

/** GitHub's headers: what is left, and when that is renewed, in seconds since 1970. */
type RateLimit = Record<'remaining' | 'reset', string | undefined>

/**
 * How a POST ended: `status` of a whole reply head, or why there is none. `superseded`: it need not be sent any more; `not-made`: the
 * worker could not make the request.
 */
export type Posted =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; rateLimit?: RateLimit }
  | { kind: 'superseded' | 'not-sendable'; detail: string }
  | { kind: 'not-permitted' | 'timed-out' | 'unreachable' | 'aborted' | 'not-made'; detail: string }

export type Post = (url: string, headers: Record<string, string>, body: string, signal: AbortSignal) => Promise<Posted>

/** Of a reply's body so much is read and thrown away, so that its connection can be used again. */
const mostReplyBytes = 1024
const longestReplyMs = 1000
const mostHeaderBytes = 16_384

/**
 * Makes a sender of events that reaches nothing private. Each connection's address is judged where it is made and is the one
 * that is dialled, so that a name which changes its answer gains nothing; TLS still asks for the name. No redirect is followed,
 * no proxy of the environment used, no reply decompressed or read on.
 */
export function createPost(options: {
  scope: ReceiverScope
  resolve: ResolveName
  deadlineMs: number
  /** More certificate authorities than the usual, in PEM. */
  ca?: string
}): { post: Post; close(): void } {
  const { scope, resolve, deadlineMs } = options
  const agents = { keepAlive: true, maxFreeSockets: 16, timeout: 20_000 }
  const plain = new HttpAgent(agents)
  const secure = new HttpsAgent({ ...agents, ...(options.ca === undefined ? {} : { ca: options.ca }) })

  const post: Post = async (url, headers, body, signal) => {
    const parsed = parseReceiver(scope, url)
    if (!parsed.ok) return { kind: 'not-permitted', detail: `the URL ${parsed.message}` }
    const { receiver } = parsed
    const deadline = AbortSignal.timeout(deadlineMs)
    const isSecure = receiver.url.protocol === 'https:'
    const either = AbortSignal.any([signal, deadline])
    const ask = () =>
      (isSecure ? httpsRequest : httpRequest)(receiver.url, {
        method: 'POST',
        agent: isSecure ? secure : plain,
        headers: { ...headers, 'Accept-Encoding': 'identity', 'Content-Length': Buffer.byteLength(body) },
        lookup: judging(scope, resolve, receiver.port),
        maxHeaderSize: mostHeaderBytes,
        signal: either,
      })
    try {
      const reply = await replyTo(ask, body, either)
      const status = reply.statusCode ?? 0
      const retryAfter = reply.headers['retry-after']
      const [remaining, reset] = ['remaining', 'reset'].map((one) => reply.headers[`x-ratelimit-${one}`]?.toString())
      await discard(reply)
      return { kind: 'answered', status, retryAfter, rateLimit: { remaining, reset } }
    } catch (error) {
      if (error instanceof NotPermitted) return { kind: 'not-permitted', detail: error.message }
      if (signal.aborted) return { kind: 'aborted', detail: 'the sender stopped' }
      if (deadline.aborted) return { kind: 'timed-out', detail: `no reply within ${deadlineMs / 1000} s` }
      return { kind: 'unreachable', detail: detailOf(error) }
    }
  }
  return {
    post,
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

/** Why an address must not be connected to. */
class NotPermitted extends Error {}

/** Resolves a name by ourselves and hands on only addresses that may be reached; one that may not refuses them all. */
function judging(scope: ReceiverScope, resolve: ResolveName, port: number): LookupFunction {
  const answer = async (name: string): Promise<LookupAddress[]> => {
    const found = await resolve(name)
    if (found.length === 0) throw new Error('the name has no address')
    return found.map((text) => {
      const address = canonicalAddress(text)
      if (address === null) throw new NotPermitted('the name has an address that cannot be read')
      const refused = judgeReceiver(scope, { name, address, port })
      if (refused !== null) throw new NotPermitted(`the name has an address that may not be reached (${refused})`)
      return { address, family: address.includes(':') ? 6 : 4 }
    })
  }
  return (name, options, done) => {
    const give = callbackify(answer)
    give(name, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) done(error, [])
      else if (options.all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

/** The head of the reply. A kept connection that the receiver had just closed is given up for a new one, once. */
async function replyTo(ask: () => ClientRequest, body: string, signal: AbortSignal): Promise<IncomingMessage> {
  const request = ask()
  try {
    return await headOf(request, body, signal)
  } catch (error) {
    const closed = request.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
    if (!closed) throw error
    return await headOf(ask(), body, signal)
  }
}

const headOf = (request: ClientRequest, body: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.on('error', reject)
    request.once('response', resolve)
    // Of a reply that switches protocols Node tells nothing but this, and a signal does nothing to what is destroyed already.
    request.once('close', () => reject(new Error('closed without a reply')))
    signal.addEventListener('abort', () => reject(new Error('no reply in time')), { once: true })
    request.end(body)
  })

/** Reads a short reply to its end, so that its connection lives on; cuts a longer or slower one off. */
async function discard(reply: IncomingMessage): Promise<void> {
  let bytes = 0
  const timer = setTimeout(() => reply.destroy(), longestReplyMs)
  reply.on('error', () => {})
  await new Promise<void>((resolve) => {
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostReplyBytes) reply.destroy()
    })
    reply.once('close', resolve)
    reply.once('end', resolve)
  })
  clearTimeout(timer)
}

function detailOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'the connection failed'
}
