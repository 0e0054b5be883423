import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../local/free-port.ts'
import { bundles, sharedEnv } from '../local/stack.ts'
import type { Stack } from '../local/stack.ts'
import { startProcess } from '../local/own-process.ts'

/** Milliseconds from the start of an API process to its first answer, asked each 5 ms. */
export async function firstAnswer({ parts }: Stack): Promise<number> {
  const port = await freePort()
  const env = { ...sharedEnv(parts, { PATH: process.env['PATH'] }), HOST: '127.0.0.1', PORT: String(port) }
  const since = performance.now()
  const api = await startProcess({
    name: 'the API',
    file: process.execPath,
    args: [...bundles.flags.api, bundles.api],
    env,
  })
  try {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
      if (answer?.ok) return performance.now() - since
      if (performance.now() - since > 10_000) throw new Error('no answer within 10 s')
      await sleep(5)
    }
  } finally {
    await api.stop()
  }
}
