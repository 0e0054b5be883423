import { expect, test } from 'vitest'
import { type ProcessOptions, startProcess } from './own-process.ts'
import { untilGone } from './processes-for-tests.ts'
import { runCommand } from './run-command.ts'

/** A Node process that runs this text. */
const node = (text: string): ProcessOptions => ({ name: 'It', file: process.execPath, args: ['-e', text], env: {} })
const forever = 'setInterval(() => {}, 1000);'
const ready = (line: string) => line === 'ready'

test('a process is handed out when it says that it is ready, and ends when asked to', async () => {
  const own = await startProcess({ ...node(`console.error('ready'); ${forever}`), ready })
  expect(own.log()).toBe('ready')
  expect(await own.stop()).toEqual({ code: null, signal: 'SIGTERM', asked: true })
  expect(await own.stop()).toMatchObject({ asked: true })
  await untilGone(own.pid)
})

test('an end that nobody asked for is told', async () => {
  const own = await startProcess(node('process.exitCode = 3'))
  expect(await own.ended).toEqual({ code: 3, signal: null, asked: false })
})

test('one that ends before it is ready is an error with its last words', async () => {
  const starting = startProcess({ ...node(`console.log('no such folder'); process.exit(1)`), ready })
  await expect(starting).rejects.toMatchObject({
    name: 'StartError',
    message: 'It ended at its start. It said: no such folder',
    log: 'no such folder',
  })
})

test('one that is not ready in time is stopped', async () => {
  let pid = 0
  const text = `console.log(process.pid); ${forever}`
  const onLine = (line: string) => void (pid = Number(line))
  const starting = startProcess({ ...node(text), ready, onLine, readyWithinMs: 500 })
  await expect(starting).rejects.toThrow('was not ready within')
  if (pid !== 0) await untilGone(pid)
})

test('an abort while it starts stops it', async () => {
  const stop = new AbortController()
  const onLine = () => stop.abort(new Error('interrupted'))
  const starting = startProcess({ ...node(`console.log('soon'); ${forever}`), ready, onLine, signal: stop.signal })
  await expect(starting).rejects.toThrow('interrupted')
})

test('one that ignores SIGTERM is killed, and what it had started in its group with it', async () => {
  const text = `
    process.on('SIGTERM', () => {})
    const child = require('node:child_process').spawn(process.execPath, ['-e', '${forever}'], { stdio: 'inherit' })
    console.log(child.pid); console.log('ready'); ${forever}`
  const own = await startProcess({ ...node(text), ready, stopSteps: [{ signal: 'SIGTERM', waitMs: 50 }] })
  expect(await own.stop()).toMatchObject({ signal: 'SIGKILL' })
  await untilGone(own.pid)
  await untilGone(Number(own.log().split('\n')[0]))
})

test('when one ends by itself, what it had started in its group is killed', async () => {
  const text = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', '${forever}'], { stdio: 'ignore' })
    console.log(child.pid); child.unref()`
  const own = await startProcess(node(text))
  expect(await own.ended).toMatchObject({ code: 0, asked: false })
  await untilGone(Number(own.log()))
})

test('a program that is not there is an error', async () => {
  const starting = startProcess({ ...node(''), file: '/nowhere/program' })
  await expect(starting).rejects.toThrow('It could not be started from /nowhere/program (ENOENT)')
})

test('a command gives its end and its words', async () => {
  const result = await runCommand({ ...node(`console.log('hello'); process.exit(4)`), timeoutMs: 20_000 })
  expect(result).toEqual({ code: 4, signal: null, asked: false, timedOut: false, log: 'hello' })
})

test('a command that takes too long is stopped', async () => {
  const result = await runCommand({ ...node(forever), timeoutMs: 50 })
  expect(result).toMatchObject({ timedOut: true, signal: 'SIGTERM' })
})
