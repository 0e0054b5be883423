import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { call } from '../client/http.ts'

const script = fileURLToPath(new URL('../local/dev.ts', import.meta.url))

/** Processes, other than zombies, that carry our mark in their environment. */
async function marked(mark: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [environ = '', stat = ''] = await Promise.all(
        ['environ', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      return environ.includes(mark) && !/\) Z /.test(stat) ? [pid] : []
    }),
  )
  return found.flat()
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'dev says that it serves once it does, and %s leaves no process',
  async (signal) => {
    const cache = await mkdtemp(join(tmpdir(), 'assayer-dev-'))
    const env = {
      ...process.env,
      DATABASE_URL: undefined,
      REDIS_URL: '',
      XDG_CACHE_HOME: cache,
      TZ: `Etc/UTC-${process.pid}`,
    }
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      let ready: RegExpExecArray | null = null
      for await (const line of createInterface({ input: child.stdout })) {
        ready = /^ready (http:\/\/127\.0\.0\.1:\d+) key (asy_\S+)$/.exec(line)
        if (ready) break
      }
      child.stdout.resume()
      const [, url = '', key = ''] = ready ?? []
      const system = await call({ url, key }, '/v1/scans')
      expect(system.status).toBe(200)
      expect((await marked(env.TZ)).length).toBeGreaterThanOrEqual(3)
      child.kill(signal)
      const [code] = (await once(child, 'exit')) as [number]
      expect(code).toBe(0)
      await expect.poll(() => marked(env.TZ), { timeout: 10_000 }).toEqual([])
    } finally {
      child.kill('SIGKILL')
      await rm(cache, { recursive: true, force: true })
    }
  },
)
