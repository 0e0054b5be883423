import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../images/docker.ts'
import { attempts, insist, order, outcome, slow } from './order.ts'
import type { Scan } from './order.ts'
import type { Stack } from './stack.ts'
import type { Step } from './step.ts'

/** A fault that is put on a running stack and leaves a healthy one behind. */
export type Fault = Step & { expected: string }
const up = ['up', '--detach', '--wait', '--no-deps']

const completed = (scan: Scan, what: string): string[] =>
  scan.state === 'completed' ? [] : [`${what} ended ${scan.state} (${scan.reason?.code ?? 'no reason'})`]
const fresh = async (stack: Stack, what: string) => completed(await outcome(stack, await order(stack)), what)

async function running(stack: Stack): Promise<string> {
  const id = await order(stack, slow)
  await outcome(stack, id, 'running')
  return id
}

async function pidOf(stack: Stack, service: string, signal: AbortSignal): Promise<number> {
  return Number(await docker(['inspect', '--format', '{{.State.Pid}}', stack.name(service)], { signal }))
}

/** Waits for a sentence in a service's log. */
async function said(stack: Stack, service: string, sentence: string): Promise<string[]> {
  const look = async () => {
    const { stdout, stderr } = await stack.tryCompose(['logs', '--no-color', service])
    return `${stdout}${stderr}`.includes(sentence) ? true : null
  }
  const found = await insist(look, 60_000, stack.signal).catch(() => false)
  stack.signal.throwIfAborted()
  return found ? [] : [`the log of ${service} does not say "${sentence}"`]
}

export const faults: Fault[] = [
  {
    name: 'the worker gets too little memory for any Nuclei',
    expected:
      'the kernel kills it, the shard is tried three times at most, the scan fails and says why; with more memory the next completes',
    async run(stack, { signal }) {
      const limit = async (memory: string) =>
        void (await docker(['update', '--memory', memory, '--memory-swap', memory, stack.name('worker')], { signal }))
      // As it runs, since the worker weighs the scanner when it starts.
      await limit('88m')
      const id = await order(stack)
      let scan: Scan
      try {
        scan = await outcome(stack, id)
      } finally {
        await limit('1g')
      }
      const tried = await attempts(stack, id)
      return [
        ...(scan.state === 'failed' ? [] : [`the scan ended ${scan.state}`]),
        ...(tried.length === 3 && tried.every((one) => one.startsWith('lost'))
          ? []
          : [`${tried.length} attempts: ${tried.join(', ')}`]),
        ...(await fresh(stack, 'the scan after it')),
      ]
    },
  },
  {
    name: 'the worker is killed in the middle of a scan',
    expected: 'the engine starts it again and the scan completes',
    async run(stack, { signal }) {
      const id = await running(stack)
      process.kill(await pidOf(stack, 'worker', signal), 'SIGKILL')
      return completed(await outcome(stack, id), 'the scan')
    },
  },
  {
    name: 'PostgreSQL restarts in the middle of a scan',
    expected: 'the API says 503 meanwhile, and the scan completes',
    async run(stack) {
      const id = await running(stack)
      await stack.compose(['restart', 'postgres'])
      return [...completed(await outcome(stack, id), 'the scan'), ...(await fresh(stack, 'the scan after it'))]
    },
  },
  {
    name: 'Redis is stopped for a while',
    expected: 'scans are ordered and complete meanwhile',
    async run(stack, { long, signal }) {
      await stack.compose(['stop', 'redis'])
      const wrong = await fresh(stack, 'a scan without Redis')
      await sleep(long ? 60_000 : 10_000, undefined, { signal })
      wrong.push(...(await fresh(stack, 'a scan after a while without Redis')))
      await stack.compose([...up, 'redis'])
      return [...wrong, ...(await fresh(stack, 'the scan after it'))]
    },
  },
  {
    name: 'the disk of the scan folder is full',
    expected: 'no scan reads clean meanwhile; once there is room scans complete',
    async run(stack) {
      const fill = `const fs = require('node:fs'); const file = fs.openSync('/scan/full', 'w'); const chunk = Buffer.alloc(1 << 16)
        try { for (;;) fs.writeSync(file, chunk) } catch (error) { console.log(error.code) }`
      const filled = await stack.node('worker', fill)
      const id = await order(stack)
      const during = await outcome(stack, id, undefined, 15_000).catch(() => null)
      const emptied = await stack.node('worker', `require('node:fs').rmSync('/scan/full')`)
      const scan = await outcome(stack, id)
      return [
        ...(filled.stdout.trim() === 'ENOSPC' ? [] : [`the folder did not fill: ${filled.stdout}${filled.stderr}`]),
        ...(emptied.code === 0 ? [] : [`the folder was not emptied: ${emptied.stderr}`]),
        ...(during?.state === 'completed' ? ['the scan reads completed while nothing could be written'] : []),
        ...(['completed', 'failed'].includes(scan.state) ? [] : [`the scan ended ${scan.state}`]),
        ...(await fresh(stack, 'the scan after it')),
      ]
    },
  },
  {
    name: 'the volume of templates is empty',
    expected: 'the worker does not start and says what to set; the rest goes on',
    async run(stack) {
      await stack.tryCompose(['up', '--detach', '--no-deps', 'worker'], { TEMPLATES_DIR: '/templates/current' })
      const wrong = await said(stack, 'worker', 'set TEMPLATES_DIR')
      await stack.compose([...up, 'worker'])
      return [...wrong, ...(await fresh(stack, 'the scan after it'))]
    },
  },
  {
    name: 'a secret is missing, or wrong',
    expected: 'without its file nothing starts; with a wrong one the process says which variable, never its value',
    async run(stack) {
      const without = await stack.tryCompose(['up', '--detach', '--no-deps', '--force-recreate', 'api'], {
        SECRETS_DIR: '/nowhere',
      })
      const wrong = await stack.tryCompose([
        ...['run', '--rm', '--no-deps', '--env', 'SECRETS_KEY_FILE=/run/secrets/bootstrap_key', 'api'],
      ])
      await stack.compose([...up, '--force-recreate', 'api'])
      return [
        ...(without.code !== 0 && without.stderr.includes('/nowhere') ? [] : [`without secrets: ${without.stderr}`]),
        ...(wrong.code === 2 && `${wrong.stdout}${wrong.stderr}`.includes('SECRETS_KEY: must be')
          ? []
          : [`a wrong key: exit ${wrong.code}: ${wrong.stderr}`]),
        ...(`${wrong.stdout}${wrong.stderr}`.includes(stack.key) ? ['a secret was printed'] : []),
        ...(await fresh(stack, 'the scan after it')),
      ]
    },
  },
]
