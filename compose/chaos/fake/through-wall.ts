import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** The proxy as Nuclei reads it from the file of `-proxy`. */
export type Wall = { port: number; user: string; password: string }
/** `refused`: for good, as a closed port is. */
export type Reply = 'answered' | 'silent' | 'refused'

const lengthened = (text: string) => Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)])

/** One HTTP request through a SOCKS5 proxy with user and password (RFC 1928, RFC 1929), on a connection of its own. */
export async function askThrough(
  wall: Wall,
  { host, port, head }: { host: string; port: number; head: string },
  timeoutMs: number,
): Promise<Reply> {
  const socket = connect({ host: '127.0.0.1', port: wall.port, noDelay: true })
  socket.on('error', () => {})
  const late = setTimeout(() => socket.destroy(), timeoutMs)
  try {
    await once(socket, 'connect')
    const read = reader(socket)
    socket.write(Buffer.of(5, 1, 2))
    if ((await read(2))[1] !== 2) return 'refused'
    socket.write(Buffer.concat([Buffer.of(1), lengthened(wall.user), lengthened(wall.password)]))
    if ((await read(2))[1] !== 0) return 'refused'
    const address = Buffer.of(...host.split('.').map(Number))
    socket.write(Buffer.concat([Buffer.of(5, 1, 0, 1), address, Buffer.of(port >> 8, port & 255)]))
    if ((await read(10))[1] !== 0) return 'refused'
    socket.write(`${head}\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`)
    return (await read(12)).toString('latin1').startsWith('HTTP/1.') ? 'answered' : 'silent'
  } catch {
    return 'silent'
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}

/** Reads so many bytes; rejects when the connection closes before. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0)
  let closed = false
  let wake = () => {}
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    wake()
  })
  socket.once('close', () => {
    closed = true
    wake()
  })
  return async (length) => {
    while (bytes.length < length) {
      if (closed) throw new Error('closed')
      await new Promise<void>((resolve) => (wake = resolve))
    }
    const read = bytes.subarray(0, length)
    bytes = bytes.subarray(length)
    return read
  }
}
