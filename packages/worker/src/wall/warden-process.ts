import { spawn } from 'node:child_process'
import * as v from 'valibot'
import { within } from './deadline.ts'
import { createLineCutter } from './message-lines.ts'
import { MAX_LINE_BYTES, WardenMessage, type WorkerMessage } from './warden-messages.ts'

/** The warden as a child process that speaks in messages. */
type WardenProcess = {
  pid: number | undefined
  /** Does nothing once the process ended. */
  send(message: WorkerMessage): void
  /** SIGKILL, also to one that is stopped. */
  kill(): void
  /** Closes its stdin, upon which it kills what is left and ends; by SIGKILL when it has not after five seconds. */
  stop(): Promise<void>
}

type WardenEvents = {
  onMessage: (message: WardenMessage) => void
  /** Once, after the last message. `code` is null when a signal ended it or it never began. */
  onEnd: (code: number | null, cause?: Error) => void
}

const STOP_MS = 5000
const MAX_BACKLOG_BYTES = 4 * MAX_LINE_BYTES
// Sockets come in thousands and go at once: without these the heap would grow instead of being swept.
const NODE_ARGUMENTS = ['--max-semi-space-size=1', '--max-old-space-size=96']

/** Spawns it with an empty environment and in a group of its own, out of reach of what stops the worker's group. */
export function spawnWarden(entry: string, { onMessage, onEnd }: WardenEvents): WardenProcess {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, entry], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
    detached: true,
  })
  const ended = Promise.withResolvers<void>()
  const end = (code: number | null, cause?: Error) => {
    ended.resolve()
    onEnd(code, cause)
  }
  child.once('error', (error) => {
    if (child.pid === undefined) end(null, error)
  })
  child.once('close', (code) => {
    if (child.pid !== undefined) end(code)
  })
  child.stdin.on('error', () => child.stdin.destroy())

  const cut = createLineCutter(MAX_LINE_BYTES)
  child.stdout.on('data', (chunk: Buffer) => {
    const messages = cut(chunk)?.map(readMessage) ?? [null]
    for (const message of messages) {
      // A warden that cannot be understood cannot be trusted; without it there is no wall.
      if (message === null) return void child.kill('SIGKILL')
      onMessage(message)
    }
  })

  return {
    pid: child.pid,
    send(message) {
      if (child.stdin.destroyed) return
      child.stdin.write(`${JSON.stringify(message)}\n`)
      if (child.stdin.writableLength > MAX_BACKLOG_BYTES) child.kill('SIGKILL')
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await within(ended.promise, 2 * STOP_MS, null)
      clearTimeout(late)
    },
  }
}

function readMessage(line: string): WardenMessage | null {
  try {
    return v.parse(WardenMessage, JSON.parse(line))
  } catch {
    return null
  }
}
