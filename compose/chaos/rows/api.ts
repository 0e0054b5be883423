import { call } from '../../client/http.ts'
import type { Scan } from '../../client/types.ts'
import { bodyOf } from '../ledger.ts'
import type { Verdict } from '../proxy.ts'
import type { Row } from '../row.ts'
import { claimedAfter } from '../watch.ts'
import type { World } from '../world.ts'

/** Does `act` once, at the moment when the next accept statement's values reach PostgreSQL's side of the proxy. */
function atNextAccept(world: World, verdict: Verdict, act: () => void): { met: Promise<void> } {
  const [api] = world.apis
  const met = Promise.withResolvers<void>()
  api?.data.tap(({ type, body }) => {
    // The values of an order hold its label; the key is looked up by statements without one.
    if (type !== 'B' || !body.includes('"order"')) return 'pass'
    api.data.tap(null)
    act()
    met.resolve()
    return verdict
  })
  return { met: met.promise }
}

const killApi = (world: World) => {
  world.tally.count('API SIGKILLs')
  world.apis[0]?.signal('SIGKILL')
}

const a1: Row = {
  id: 'A1',
  title: 'the API is killed between commit and ring',
  expected: 'the scan starts by the poll within 2 s; the client that asks again with its key gets the same scan',
  world: {},
  times: { quick: 4, full: 50 },
  async run(world, _random, times) {
    await world.script(null, { requests: 3, paceMs: 20 })
    for (let n = 0; n < times; n++) {
      const site = await world.sites.open('answers')
      // Killed once the server has answered: the reply is at the proxy and reaches nobody.
      world.apis[0]?.data.onLost(() => killApi(world))
      atNextAccept(world, 'lose-reply', () => {})
      const accepted = await world.ledger.order({ targets: [site.url] })
      world.tally.time('commit to claim, never rung', await claimedAfter(world, accepted))
      await world.apis[0]?.serving()
    }
    world.apis[0]?.data.onLost(null)
    const [row] = await world.sql<{ n: number }[]>`select count(*)::integer as n from scans`
    return row?.n === times ? [] : [`${times} orders made ${row?.n} scans`]
  },
}

const a2: Row = {
  id: 'A2',
  title: 'the API is killed before the commit',
  expected: 'no row is left; the client that asks again makes one',
  world: {},
  times: { quick: 3, full: 50 },
  async run(world, _random, times) {
    const wrong: string[] = []
    await world.script(null, { requests: 3, paceMs: 20 })
    for (let n = 0; n < times; n++) {
      const site = await world.sites.open('answers')
      const { met } = atNextAccept(world, 'hold', () => killApi(world))
      const ordered = world.ledger.order({ targets: [site.url] })
      ordered.catch(() => {})
      await met
      const [row] = await world.sql<{ n: number }[]>`select count(*)::integer as n from scans`
      if (row?.n !== n) wrong.push(`${n} orders were answered and ${row?.n} scans are there`)
      await ordered
      await world.apis[0]?.serving()
    }
    return wrong
  },
}

const a3: Row = {
  id: 'A3',
  title: 'the commit is done and its reply is lost; fifty equal keys at once',
  expected: 'one scan; each answer names it',
  world: {},
  times: { quick: 5, full: 100 },
  async run(world, _random, times) {
    const wrong: string[] = []
    await world.script(null, { requests: 3, paceMs: 20 })
    for (let n = 0; n < times; n++) {
      const site = await world.sites.open('answers')
      const { met } = atNextAccept(world, 'lose-reply', () => world.tally.count('lost replies'))
      const { key, id } = await world.ledger.order({ targets: [site.url] })
      await met
      wrong.push(...(await sameAnswers(world, site.url, key, id, n === 0 ? 50 : 5)))
    }
    return wrong
  },
}

/** Asks so many times at once with a key that was used. */
async function sameAnswers(world: World, target: string, key: string, id: string, times: number): Promise<string[]> {
  const [service] = world.services()
  if (service === undefined) return ['no API']
  const body = bodyOf(key, { targets: [target] })
  const headers = { 'Idempotency-Key': key, Connection: 'close' }
  const answers = await Promise.all(
    Array.from({ length: times }, async () => {
      const answer = await call(service, '/v1/scans', { method: 'POST', body, headers })
      return { replayed: answer.headers.get('Idempotency-Replayed'), scan: (await answer.json()) as Scan }
    }),
  )
  const others = answers.filter(({ scan, replayed }) => scan.id !== id || replayed !== 'true')
  return others.length === 0 ? [] : [`${others.length} of ${times} answers to a used key were not the first one again`]
}

export const apiRows: Row[] = [a1, a2, a3]
