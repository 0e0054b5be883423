import { existsSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { finding } from './finding.ts'
import { misbehave } from './misbehave.ts'
import { scriptFor } from './script.ts'
import { stray } from './stray.ts'
import type { Asks, Target } from './stray.ts'
import { askThrough } from './through-wall.ts'

const say = (text: string) => void writeSync(2, `${text}\n`)
const after = (args: string[], flag: string): string | undefined => args[args.indexOf(flag) + 1]

/**
 * A stand-in for Nuclei that needs 40 MiB and no second: it takes Nuclei's arguments, goes through the wall as Nuclei does,
 * asks each target at a pace, prints statistics each second and a few findings. `plan` is the file that says how it behaves.
 */
export async function runFakeNuclei(plan: string, args: string[]): Promise<void> {
  if (args[0] === '--stray') return await stray(JSON.parse(args[1] ?? '') as Target & Asks)
  if (args.includes('-version')) return say('[INF] Nuclei Engine Version: v3.11.1')
  const templates = args.filter((_, n) => args[n - 1] === '-t').filter((path) => existsSync(path)).length
  const targets = readFileSync(after(args, '-l') ?? '', 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(addressOf)
  if (templates === 0) {
    say('[FTL] Could not run nuclei: no templates provided for scan')
    process.exit(1)
  }
  const [first] = targets
  if (first === undefined) return say(`[INF] Templates loaded for current scan: ${templates}`)
  const script = scriptFor(plan, first.host)
  if (script.temper === 'exit-early') {
    say('[FTL] Could not run nuclei: told to')
    process.exit(1)
  }
  say(`[INF] Templates loaded for current scan: ${templates - (script.temper === 'loads-less' ? 1 : 0)}`)
  if (script.temper === 'idle') return

  const run = `${process.pid}-${readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ')[19]}`
  const proxy = new URL(readFileSync(after(args, '-proxy') ?? '', 'utf8').trim())
  const wall = { port: Number(proxy.port), user: proxy.username, password: proxy.password }
  const agent = /^User-Agent: (.*)$/.exec(after(args, '-H') ?? '')?.[1] ?? 'fake'
  const counts = { requests: 0, errors: 0 }
  const total = targets.length * script.requests
  const stats = () => {
    const percent = Math.floor((100 * counts.requests) / total)
    const [requests, errors] = [String(counts.requests), String(counts.errors)]
    say(JSON.stringify({ duration: '0:00:01', percent: String(percent), requests, errors, total: String(total) }))
  }
  const timer = setInterval(stats, 1000)
  if (script.temper !== 'deaf') {
    process.on('SIGINT', () => {
      stats()
      process.exit(1)
    })
  } else process.on('SIGINT', () => {})

  const timeoutMs = Number(after(args, '-timeout') ?? 10) * 1000
  const one = async ({ host, port }: Target) => {
    for (let n = 0; n < script.requests; n++) {
      const head = `GET /?n=${n} HTTP/1.1\r\nUser-Agent: ${agent}\r\nX-Run: ${run}`
      const asks = { wall, head, paceMs: script.paceMs }
      if (n === script.requests >> 1) await misbehave(script, { host, port }, asks)
      const reply = await askThrough(wall, { host, port, head }, timeoutMs)
      counts.requests++
      if (reply !== 'answered') counts.errors++
      if (reply === 'refused' && script.temper === 'strays' && performance.now() < 60_000) n--
      else if (reply === 'refused' || script.temper === 'gives-up') {
        say(`[INF] Skipped ${host}:${port} from target list as found unresponsive permanently: cause="refused"`)
        return
      }
      if (reply === 'answered' && n < script.findings) found({ host, port }, String(n))
      if (reply === 'answered' && n === 0 && script.findings > 0) found({ host, port }, run)
      await sleep(script.paceMs)
    }
  }
  await Promise.all(targets.map(one))
  clearInterval(timer)
  stats()
}

function addressOf(line: string): Target {
  const { hostname, port } = new URL(line.includes('://') ? line : `tcp://${line}`)
  return { host: hostname, port: Number(port) }
}

const found = (at: Target, seen: string) => void writeSync(1, finding(at, seen))
