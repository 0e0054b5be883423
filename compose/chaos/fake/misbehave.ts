import { spawn } from 'node:child_process'
import { closeSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { finding } from './finding.ts'
import type { Script } from './script.ts'
import type { Asks, Target } from './stray.ts'

const forever = () => new Promise<never>(() => {})
const mebibyte = 1_048_576

/** What a temper does half-way through a run; may never return. */
export async function misbehave({ temper, noise, group }: Script, at: Target, asks: Asks): Promise<void> {
  switch (temper) {
    case 'good':
    case 'exit-early':
    case 'idle':
    case 'gives-up':
    case 'loads-less':
      return
    case 'exit-late':
      process.exit(1)
    case 'crash':
      return void process.kill(process.pid, 'SIGSEGV')
    case 'hang':
    case 'deaf':
      return forever()
    case 'long-line':
      for (let n = 0; n < noise; n++) print(Buffer.alloc(mebibyte, 'x'))
      return print(Buffer.from('\n'))
    case 'flood': {
      const line = Buffer.from(`${'x'.repeat(1023)}\n`)
      const chunk = Buffer.concat(Array.from({ length: 64 }, () => line))
      for (let n = 0; n < noise * 16; n++) print(chunk)
      return
    }
    case 'gushes':
      for (let n = 0; n < noise * 1000; n += 100) {
        const lines = Array.from({ length: 100 }, (_, more) => finding(at, `gush ${n + more}`))
        print(Buffer.from(lines.join('')))
      }
      return
    case 'eats-memory': {
      if (group !== '') writeFileSync(group, String(process.pid))
      const eaten: Buffer[] = []
      for (let n = 0; n < noise; n++) eaten.push(Buffer.alloc(mebibyte, n))
      return void process.kill(process.pid, 'SIGKILL')
    }
    case 'half-line':
      print(Buffer.from('{"template-id":"fake-finding","info":{"name":"Fa'))
      return void process.kill(process.pid, 'SIGKILL')
    case 'odd-bytes':
      print(Buffer.from([0xff, 0xfe, 0x00, 0x0a]))
      print(Buffer.from('{"template-id":"fake-finding","info":{"name":"\\u0000N\\u0000"},"type":"http\\u0000"'))
      return print(
        Buffer.from(
          `,"host":"${at.host}","port":"${at.port}","extracted-results":["odd \\ud800"]}\n{"no":"finding"}\n`,
        ),
      )
    case 'forks':
    case 'forks-away':
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
        detached: temper === 'forks-away',
        stdio: ['ignore', 'inherit', 'inherit'],
      }).unref()
      return
    case 'strays':
      spawn(process.execPath, [process.argv[1] ?? '', '--stray', JSON.stringify({ ...at, ...asks })], {
        detached: true,
        stdio: 'ignore',
      }).unref()
      return
    case 'closes-stdout':
      return closeSync(1)
    case 'kills-worker':
      process.kill(-groupOf(process.ppid), 'SIGKILL')
      return forever()
  }
}

const groupOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[2])

/** Writes all of it; a pipe that is full is waited for. */
function print(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
