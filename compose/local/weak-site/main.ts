import { once } from 'node:events'
import { startWeakSite } from './start-weak-site.ts'

const { HOST: host = '127.0.0.1', PORT = '0', TCP_PORT = '0', TLS_PORT = '0', EXPOSED = '0' } = process.env
const ports = { PORT, TCP_PORT, TLS_PORT }
const wrong = Object.entries(ports).find(([, text]) => !/^\d{1,5}$/.test(text) || Number(text) > 65_535)

const fail = (message: string) => {
  console.error(message)
  process.exitCode = 1
}

const serve = async () => {
  const site = await startWeakSite({
    host,
    httpPort: Number(PORT),
    tcpPort: Number(TCP_PORT),
    tlsPort: Number(TLS_PORT),
    exposed: EXPOSED === '1',
  })
  const stopAsked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  console.log(JSON.stringify({ httpPort: site.httpPort, tcpPort: site.tcpPort, tlsPort: site.tlsPort }))
  await stopAsked
  await site.stop()
}

if (wrong === undefined) {
  await serve().catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    fail(`${error instanceof Error ? error.message : 'The weak site could not start'}${cause}`)
  })
} else fail(`${wrong[0]} must be a number from 0 to 65535`)
