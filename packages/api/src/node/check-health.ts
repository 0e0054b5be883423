import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const anyAddress: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/**
 * `main health`: 0 as soon as the API at HOST and PORT says that it is ready, 1 and why on stderr where it has not within `waitMs` and
 * the two seconds of the last try. It waits itself, since a process of Node for each try would take what the API needs to start.
 */
export async function checkHealth(env: Record<string, string | undefined>, waitMs = 2000): Promise<number> {
  const { HOST = '127.0.0.1', PORT = '3000' } = env
  for (const until = performance.now() + waitMs; ; await sleep(25)) {
    const why = await notReady(anyAddress[HOST] ?? HOST, PORT)
    if (why === null) return 0
    if (performance.now() < until) continue
    process.stderr.write(`not ready: ${why}\n`)
    return 1
  }
}

async function notReady(host: string, port: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const request = get({ host, port, path: '/readyz', agent: false, timeout: 2000 }, (response) => {
    response.resume()
    resolve(response.statusCode === 200 ? null : `it answers ${response.statusCode}`)
  })
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s')))
  request.on('error', (error) => resolve(error.message))
  return await promise
}
