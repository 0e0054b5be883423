import { get } from 'node:http'

const anyAddress: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** `main health`: 0 where the API at HOST and PORT says within two seconds that it is ready, else 1 and why on stderr. */
export async function checkHealth(env: Record<string, string | undefined>): Promise<number> {
  const { HOST = '127.0.0.1', PORT = '3000' } = env
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const request = get(
    { host: anyAddress[HOST] ?? HOST, port: PORT, path: '/readyz', agent: false, timeout: 2000 },
    (response) => {
      response.resume()
      resolve(response.statusCode === 200 ? null : `it answers ${response.statusCode}`)
    },
  )
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s')))
  request.on('error', (error) => resolve(error.message))
  const why = await promise
  if (why !== null) process.stderr.write(`not ready: ${why}\n`)
  return why === null ? 0 : 1
}
