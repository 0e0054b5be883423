import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

type Ended = { status: number | null; signal: string | null; out: string; err: string }
export type ApiProcess = {
  child: ChildProcess
  /** The URL of its ready line; rejects when it ended before. */
  ready: Promise<string>
  ended: Promise<Ended>
  /** What it has written to stderr so far. */
  said(): string
}

/** Starts the API's main.ts with nothing in its environment but these variables; `flags` are of Node. */
export function startProcess(env: Record<string, string>, flags: string[] = []): ApiProcess {
  const child = spawn(process.execPath, [...flags, main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => {
    out += `${line}\n`
  })
  const ended = once(child, 'close').then(([status, signal]) => ({ status, signal, out, err }))
  const ready = Promise.race([
    once(lines, 'line').then(([line]) => (JSON.parse(String(line)) as { ready: string }).ready),
    ended.then(() => Promise.reject(new Error(`the API ended before it was ready: ${err}`))),
  ])
  ready.catch(() => {})
  return { child, ready, ended, said: () => err }
}
