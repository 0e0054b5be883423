import pino from 'pino'
import type { Logger } from 'pino'

/** Paths that never reach a log line. */
export const redacted = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'key',
  'token',
  'databaseUrl',
  'redisUrl',
].flatMap((name) => [name, `*.${name}`])

export type Log = Logger

/**
 * The process's logger: JSON lines on stderr, past-tense events, one name a process. Made in main.ts only. `buffered` is for a
 * process that writes a line a request: lines below `warn` wait up to half a second or 4 KiB, at most 1 MiB of them where nobody
 * reads, and are written at its end; a SIGKILL loses those that wait. Warnings and errors never wait.
 */
export function createLog(name: string, level: string, { buffered = false } = {}): Log {
  const options = { name, level, redact: redacted, base: { name, pid: process.pid } }
  const now = pino.destination({ dest: 2, sync: true })
  if (!buffered) return pino(options, now)
  const later = pino.destination({ dest: 2, sync: false, minLength: 4096, maxLength: 2 ** 20, periodicFlush: 500 })
  process.on('exit', () => later.flushSync())
  const streams = [
    { level: 'trace', stream: later },
    { level: 'warn', stream: now },
  ] as const
  return pino(options, pino.multistream([...streams], { dedupe: true }))
}

/** A logger where there is no stderr to write to: objects on the console of the runtime, in pino's build for browsers. */
export const createConsoleLog = (name: string, level: string): Log =>
  pino({ level, redact: redacted, browser: { asObject: true } }).child({ name })
