import { connect, type Socket } from 'node:net'

/** `shed`: this machine had no socket left to dial with, which says nothing of the peer. */
type Dialled =
  | { kind: 'connected'; socket: Socket }
  | { kind: 'refused' | 'unreachable' | 'timed-out' | 'aborted' | 'shed' }

const MAX_ADDRESSES = 4
const OWN_FAULTS = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])

/** Tries the addresses in turn, each with an equal share of `deadlineMs`; the last one's end counts. */
export async function dial(
  addresses: readonly string[],
  port: number,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Dialled> {
  const tried = addresses.slice(0, MAX_ADDRESSES)
  let dialled: Dialled = { kind: 'unreachable' }
  for (const address of tried) {
    dialled = await dialOne(address, port, deadlineMs / tried.length, signal)
    if (dialled.kind === 'connected' || dialled.kind === 'aborted') return dialled
  }
  return dialled
}

async function dialOne(address: string, port: number, deadlineMs: number, signal: AbortSignal): Promise<Dialled> {
  if (signal.aborted) return { kind: 'aborted' }
  const socket = connect({ host: address, port, allowHalfOpen: true, noDelay: true })
  const dialled = await new Promise<Dialled>((resolve) => {
    const onAbort = () => resolve({ kind: 'aborted' })
    const timer = setTimeout(resolve, deadlineMs, { kind: 'timed-out' } satisfies Dialled)
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('connect', () => resolve({ kind: 'connected', socket }))
    socket.once('error', (error) => resolve({ kind: failureOf(error) }))
    socket.once('close', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    })
  })
  if (dialled.kind !== 'connected') socket.destroy()
  return dialled
}

function failureOf(error: NodeJS.ErrnoException): 'refused' | 'unreachable' | 'timed-out' | 'shed' {
  if (error.code === 'ECONNREFUSED') return 'refused'
  if (error.code === 'ETIMEDOUT') return 'timed-out'
  return OWN_FAULTS.has(error.code ?? '') ? 'shed' : 'unreachable'
}
