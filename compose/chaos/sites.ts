import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a target does: answer; accept and never answer (N8); refuse (N9); die half-way (N10); answer its first request alone (N12). */
export type SiteKind = 'answers' | 'silent' | 'refuses' | 'dies' | 'answers-once'
type Site = { host: string; port: number; url: string; kind: SiteKind }
/** One run of a scanner at one host, as the site itself saw it. Times in ms of this process's monotonic clock. */
type Visit = { run: string; first: number; last: number; requests: number }

export type Sites = {
  /** A new host of 127.0.0.0/8 that behaves so. `answerMs` is how long an answer takes; `lives` requests until it dies. */
  open(kind: SiteKind, more?: { answerMs?: number; lives?: number }): Promise<Site>
  visits(host: string): Visit[]
  /** Hosts that may be called covered. */
  coverable(): ReadonlySet<string>
  /** From now on a scan of this host may not say `covered`. */
  spoil(host: string): void
  /** Requests of a run that was over, as a later one had begun at the host: what must never be. */
  overlaps(): string[]
  requests(): number
  stop(): Promise<void>
}

let networks = 0

/** A port below those that the system gives out itself: at one of the service's own ports a site would be refused as the service's own address. */
const sitePort = () => randomInt(10_000, 30_000)

/** Targets on loopback addresses of their own, with an access log. A run is known by the header that the fake sends, else by the worker's user agent. */
export function openSites(): Sites {
  const network = networks++
  const servers = new Set<Server>()
  const sockets = new Set<Socket>()
  const log = new Map<string, Visit[]>()
  const overlaps: string[] = []
  const coverable = new Set<string>()
  let opened = 0
  let requests = 0

  const note = (host: string, run: string | undefined, agent: string | undefined) => {
    requests++
    const name = run ?? agent ?? ''
    // The worker's own question carries no run.
    if (name === '' || name === 'assayer') return
    const visits = log.get(host) ?? []
    log.set(host, visits)
    const now = performance.now()
    const latest = visits.at(-1)
    const known = visits.find((visit) => visit.run === name)
    if (known !== undefined && known !== latest && overlaps.length < 100)
      overlaps.push(`${host} got a request of run ${name} after the first one of run ${latest?.run}`)
    if (known === undefined) visits.push({ run: name, first: now, last: now, requests: 1 })
    else {
      known.last = now
      known.requests++
    }
  }

  const listen = async (server: Server, host: string) => {
    servers.add(server)
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => sockets.delete(socket))
    })
    for (let left = 20; ; left--) {
      const port = sitePort()
      server.listen(port, host)
      try {
        await once(server, 'listening')
        return port
      } catch (error) {
        if (left === 0) throw error
      }
    }
  }

  const serve = (kind: SiteKind, host: string, answerMs: number, lives: number) => {
    let left = lives
    const server = createServer((request, response) => {
      const run = request.headers['x-run']
      note(host, typeof run === 'string' ? run : undefined, request.headers['user-agent'])
      if (kind === 'answers-once' && left-- <= 0) return
      if (kind === 'dies' && --left <= 0) {
        server.closeAllConnections()
        server.close()
        return
      }
      const answer = () => response.end('<html><title>A site</title><body>hello</body></html>')
      if (answerMs === 0) answer()
      else void sleep(answerMs).then(answer)
    })
    return server
  }

  return {
    async open(kind, { answerMs = 0, lives = kind === 'dies' ? 5 : 1 } = {}) {
      const number = opened++
      const host = `127.${20 + (network % 200)}.${Math.floor(number / 250)}.${(number % 250) + 1}`
      const port =
        kind === 'refuses'
          ? sitePort()
          : kind === 'silent'
            ? await listen(
                createTcpServer((socket) => socket.resume()),
                host,
              )
            : await listen(serve(kind, host, answerMs, lives), host)
      if (kind === 'answers') coverable.add(host)
      return { host, port, url: `http://${host}:${port}`, kind }
    },
    visits: (host) => log.get(host) ?? [],
    coverable: () => coverable,
    spoil: (host) => void coverable.delete(host),
    overlaps: () => overlaps,
    requests: () => requests,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await Promise.all([...servers].map((server) => new Promise<void>((done) => void server.close(() => done()))))
    },
  }
}
