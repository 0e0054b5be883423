import { connect } from 'node:net'
import type { Socket } from 'node:net'

type Where = { host: string | string[]; port: number | string | (number | string)[]; path?: string | undefined }

const first = <T>(value: T | T[]): T | undefined => (Array.isArray(value) ? value[0] : value)

/**
 * Sockets for the database pool, passed as its `socket` option. They mend three things of postgres.js 3.4.9:
 * a query on a half-open connection hung until TCP gave up (porsager/postgres 1089), so a connection on which nothing moves for
 * `silenceMs` is destroyed, which rejects its query (an idle one is simply opened again when needed; the value must be above
 * the role's statement_timeout); where a server accepts and hangs up, it dialled again without end and never settled the query
 * (1,498 connects in 2 s), so such a close is told as an error; and a query sent between a socket's error and its close was never settled and left its bytes
 * in the way of the next connection. So the error is handed on only with the close, and the close as one without error, for
 * which the driver rejects all that is under way.
 */
export function deadlineSocket(silenceMs: number): (where: Where) => Socket {
  return ({ host, port, path }) => {
    const socket = path ? connect(path) : connect(Number(first(port)), first(host))
    socket.setKeepAlive(true, 15_000)
    socket.setNoDelay(true)
    socket.setTimeout(silenceMs, () => socket.destroy())
    const emit = socket.emit.bind(socket)
    let held: unknown[] | null = null
    socket.emit = (name: string | symbol, ...args: unknown[]) => {
      if (name === 'error') held ??= args
      else if (name === 'close') {
        if (held === null && socket.bytesRead === 0) held = [hungUp()]
        if (held !== null) emit('error', ...held)
        return emit('close', false)
      } else return emit(name, ...args)
      return true
    }
    return socket
  }
}

const hungUp = () => Object.assign(new Error('the server hung up'), { code: 'ECONNRESET' })
