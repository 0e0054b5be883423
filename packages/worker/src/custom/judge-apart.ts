import { Worker } from 'node:worker_threads'
import type { Judged, Refused } from './judge.ts'

const thread = new URL(import.meta.url.endsWith('.ts') ? './judge-thread.ts' : './judge.mjs', import.meta.url)
const longestMs = 8000

/**
 * Judges templates in a thread of its own with little memory: a hostile text may keep a YAML reader busy for seconds, in which the
 * worker could renew no lease. Where the memory does not do all of them are refused; throws when it takes
 * over eight seconds, which a busy machine may be to blame for.
 */
export async function judgeApart(sources: readonly string[], signal: AbortSignal): Promise<(Judged | Refused)[]> {
  signal.throwIfAborted()
  const worker = new Worker(thread, {
    workerData: sources,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
    env: {},
  })
  const ended = Promise.withResolvers<(Judged | Refused)[] | null>()
  worker.once('message', ended.resolve)
  worker.once('error', () => ended.resolve(null))
  worker.once('exit', () => ended.resolve(null))
  const stop = () => ended.reject(new Error('judging templates took too long'))
  const timer = setTimeout(stop, longestMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const judged = await ended.promise
    const message = 'The template takes too much memory to read'
    return judged ?? sources.map((): Refused => ({ ok: false, code: 'template-invalid', message }))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
