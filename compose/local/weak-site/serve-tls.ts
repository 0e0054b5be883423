import { createServer, type Server } from 'node:https'
import type { AccessLog } from './access-log.ts'
import { makeExpiredCertificate } from './expired-certificate.ts'
import { answerHttp } from './serve-http.ts'

/** The same pages over TLS, behind a certificate that is expired, signed by itself and made out to another name. */
export function createTlsServer(log: AccessLog): Server {
  return createServer(makeExpiredCertificate('wrong-name.weak-site.invalid'), answerHttp(log)).on(
    'connection',
    (socket) => log.record({ port: socket.localPort ?? 0, method: 'CONNECT-TLS', path: '', host: null }),
  )
}
