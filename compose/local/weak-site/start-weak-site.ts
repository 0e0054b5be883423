import { type AccessLine, createAccessLog } from './access-log.ts'
import { openServer } from './open-server.ts'
import { createFtpServer } from './serve-ftp.ts'
import { createHttpServer } from './serve-http.ts'
import { createTlsServer } from './serve-tls.ts'

export type WeakSiteOptions = {
  host?: string
  httpPort?: number
  tcpPort?: number
  tlsPort?: number
  /** Also serve on an address that others reach: for a container whose only neighbour is the scanner. */
  exposed?: boolean
  log?: (line: AccessLine) => void
}

/** `requests` is a live view of the access log, oldest first: the last 90,000 to 100,000 lines. */
export type WeakSite = {
  httpPort: number
  tcpPort: number
  tlsPort: number
  requests: readonly AccessLine[]
  stop(): Promise<void>
}

const LINES_KEPT = 100_000
const LOOPBACK = /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/

/**
 * Starts the deliberately weak site (HTTP, an FTP-like service, TLS) on loopback and resolves when all three serve.
 * A port of 0 or none is a free one. Rejects for a host that is not loopback, unless `exposed`, and for a port that is taken;
 * then nothing is left open. `stop` drops open connections and may be called twice.
 */
export async function startWeakSite(options: WeakSiteOptions = {}): Promise<WeakSite> {
  const { host = '127.0.0.1', httpPort = 0, tcpPort = 0, tlsPort = 0, exposed = false, log } = options
  if (!exposed && !LOOPBACK.test(host)) throw new Error('The weak site listens on loopback only')
  const accessLog = createAccessLog(LINES_KEPT, log)
  const plan = [
    { server: createHttpServer(accessLog), port: httpPort },
    { server: createFtpServer(accessLog), port: tcpPort },
    { server: createTlsServer(accessLog), port: tlsPort },
  ]
  const opened = await Promise.allSettled(plan.map(({ server, port }) => openServer(server, host, port)))
  const servers = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const reasons = opened.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  const closeAll = async () => void (await Promise.all(servers.map((server) => server.close())))
  const [http, tcp, tls] = servers
  if (!http || !tcp || !tls) {
    await closeAll()
    throw new Error('The weak site could not open its ports', { cause: reasons[0] })
  }
  let stopped: Promise<void> | undefined
  return {
    httpPort: http.port,
    tcpPort: tcp.port,
    tlsPort: tls.port,
    requests: accessLog.lines,
    stop: () => (stopped ??= closeAll()),
  }
}
