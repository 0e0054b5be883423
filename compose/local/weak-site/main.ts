import { once } from 'node:events'
import { startWeakSite } from './start-weak-site.ts'

const { HOST: host = '127.0.0.1', PORT: port = '0' } = process.env
const httpPort = /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN

const fail = (message: string) => {
  console.error(message)
  process.exitCode = 1
}

const serve = async () => {
  const site = await startWeakSite({ host, httpPort })
  const stopAsked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  console.log(JSON.stringify({ httpPort: site.httpPort, tcpPort: site.tcpPort, tlsPort: site.tlsPort }))
  await stopAsked
  await site.stop()
}

if (httpPort <= 65_535) {
  await serve().catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    fail(`${error instanceof Error ? error.message : 'The weak site could not start'}${cause}`)
  })
} else fail('PORT must be a number from 0 to 65535')
