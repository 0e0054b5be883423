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

/** The process's logger: JSON lines on stderr, past-tense events, one name a process. Made in main.ts only. */
export const createLog = (name: string, level: string): Log =>
  pino({ name, level, redact: redacted, base: { name, pid: process.pid } }, pino.destination({ dest: 2, sync: true }))
