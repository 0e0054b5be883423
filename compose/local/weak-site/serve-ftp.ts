import { createServer, type Server } from 'node:net'
import type { AccessLog } from './access-log.ts'

const LINE_LIMIT = 512
const REPLY_LIMIT = 64 * 1024
const replies: Record<string, string> = {
  USER: '331 Anonymous login ok, send your complete email address as your password',
  PASS: '230 Anonymous access granted, restrictions apply',
  SYST: '215 UNIX Type: L8',
  NOOP: '200 NOOP command successful',
  QUIT: '221 Goodbye.',
}

/** Something that greets like an old FTP server and lets anyone in; it has no files and opens no data connection. */
export function createFtpServer(log: AccessLog): Server {
  return createServer((socket) => {
    log.record({ port: socket.localPort ?? 0, method: 'CONNECT-TCP', path: '', host: null })
    socket.write('220 ProFTPD 1.3.3 Server (Assayer weak site) [127.0.0.1]\r\n')
    let pending = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const lines = (pending + chunk).split('\r\n')
      pending = lines.pop() ?? ''
      if (pending.length > LINE_LIMIT || socket.writableLength > REPLY_LIMIT) return socket.destroy()
      for (const line of lines) {
        const command = line.split(' ', 1)[0]?.toUpperCase() ?? ''
        socket.write(`${replies[command] ?? '500 Command not understood'}\r\n`)
        if (command === 'QUIT') return socket.end()
      }
    })
  })
}
