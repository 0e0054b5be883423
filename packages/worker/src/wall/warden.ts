import * as v from 'valibot'
import { within } from './deadline.ts'
import { createLineCutter } from './message-lines.ts'
import { MAX_LINE_BYTES, WorkerMessage } from './warden-messages.ts'
import { createWardenSession } from './warden-session.ts'

/**
 * The warden: a process of its own beside each worker. It reads its worker's messages from stdin, answers on stdout and
 * takes nothing from the environment. When stdin ends, on SIGTERM, and whenever it can no longer trust what it is told,
 * it shuts the wall, kills every group it knows and ends.
 */
const MAX_BACKLOG_BYTES = 16 * 1024 * 1024
const FLUSH_MS = 500

const { stdin, stdout, stderr } = process
let ending = false
let readerGone = false

const session = createWardenSession({
  send(message) {
    if (!stdout.writable) return
    stdout.write(`${JSON.stringify(message)}\n`)
    if (stdout.writableLength > MAX_BACKLOG_BYTES) void end(1, 'the worker does not read')
  },
  onError: (error) => complain(textOf(error)),
  onFatal: (error) => void end(70, textOf(error)),
})

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function complain(text: string): void {
  stderr.write(`warden: ${text}\n`)
}

async function end(code: number, why?: string): Promise<void> {
  if (ending) return
  ending = true
  const stopped = session.end()
  if (why !== undefined) complain(why)
  await within(stopped, FLUSH_MS, null)
  // Node makes stdout whole again after an error, and then `end` never calls back.
  if (!readerGone) await within(new Promise<void>((flushed) => void stdout.end(flushed)), FLUSH_MS, null)
  process.exit(code)
}

const cut = createLineCutter(MAX_LINE_BYTES)
stdin.on('data', (chunk: Buffer) => {
  if (ending) return
  const lines = cut(chunk)
  if (lines === null) return void end(1, 'a line is too long')
  for (const line of lines) {
    try {
      session.receive(v.parse(WorkerMessage, JSON.parse(line)))
    } catch (error) {
      return void end(1, `a message cannot be used: ${error instanceof Error ? error.message : ''}`)
    }
  }
})
for (const event of ['end', 'error', 'close']) stdin.once(event, () => void end(0))
stdout.on('error', () => {
  readerGone = true
  void end(0)
})
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => void end(0))
// Ctrl-C goes to the whole terminal group; the worker decides what it means.
process.on('SIGINT', () => {})
process.on('uncaughtException', (error) => void end(70, textOf(error)))
