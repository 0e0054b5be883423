import { parseId } from '@assayer/schema'
import { inLanes } from '../lanes.ts'
import type { Accepted } from '../ledger.ts'
import type { Row } from '../row.ts'
import type { SiteKind } from '../sites.ts'
import { outcomeOf } from '../watch.ts'
import type { Outcome } from '../watch.ts'
import type { World } from '../world.ts'

type Truth = { id: string; title: string; kind: SiteKind; coverages: string[]; bare?: boolean; temper?: 'gives-up' }

const truths: Truth[] = [
  { id: 'N8', title: 'a target accepts and never answers', kind: 'silent', coverages: ['unreachable'] },
  { id: 'N9', title: 'a target refuses', kind: 'refuses', coverages: ['unreachable'] },
  { id: 'N10', title: 'a target dies half-way', kind: 'dies', coverages: ['partial', 'unreachable'] },
  {
    id: 'N11',
    title: "a template's third-party host is dead, and the scanner gives a healthy target up",
    kind: 'answers',
    coverages: ['partial'],
    temper: 'gives-up',
  },
  {
    id: 'N12',
    title: 'a target answers only the first question',
    kind: 'answers-once',
    coverages: ['unreachable', 'partial'],
    bare: true,
  },
]

/** A scan of one such target, and of a healthy one beside it. */
async function compare(world: World, { kind, coverages, bare, temper }: Truth): Promise<string[]> {
  const [site, healthy] = [
    await world.sites.open(kind, { lives: kind === 'dies' ? 2 : 1 }),
    await world.sites.open('answers'),
  ]
  world.sites.spoil(site.host)
  if (temper) await world.script(site.host, { temper })
  // The real scanner starts on a busy machine.
  const limits = { timeoutSeconds: world.nuclei === 'fake' ? 1 : 4, retries: 0, requestsPerSecond: 1000 }
  const target = bare ? `${site.host}:${site.port}` : site.url
  const orderHealthy = () => world.ledger.order({ targets: [healthy.url], limits })
  const [sick, well] = await Promise.all([world.ledger.order({ targets: [target], limits }), orderHealthy()])
  const [bad, first] = [await outcomeOf(world, sick, 120_000), await outcomeOf(world, well, 120_000)]
  // Where this machine stands still for as long as Nuclei waits, one of four requests is too much, which is partial and not clean: never
  // twice in a row.
  if (first.state !== 'completed')
    world.tally.count(`healthy at the second look alone: ${await evidenceOf(world, well)}`)
  const good = first.state === 'completed' ? first : await outcomeOf(world, await orderHealthy(), 120_000)
  world.tally.count('targets of known truth', 2)
  return [
    ...(coverages.includes(bad.coverage) && ['failed', 'partial'].includes(bad.state) ? [] : [said(kind, bad)]),
    ...(good.state === 'completed' ? [] : [said('a healthy target', good)]),
  ]
}

/** What the wall counted of a scan's targets. */
async function evidenceOf({ sql }: World, { id }: Accepted): Promise<string> {
  const rows = await sql`select coverage, reason, evidence from shard_targets where scan_id = ${parseId('scan', id)}`
  return JSON.stringify(rows)
}

const said = (what: string, { state, reason, coverage }: Outcome): string =>
  `${what} reads ${coverage}, its scan ${state} (${reason})`

const row = (truth: Truth): Row => ({
  id: truth.id,
  title: truth.title,
  expected: `${truth.coverages.join(' or ')}, never covered; a healthy target beside it is covered, at the second look at the latest`,
  world: { workers: 1, workerEnv: { WORKER_CONCURRENCY: '8' } },
  times: { quick: 1, full: 50 },
  async run(world, _random, times) {
    const wrong: string[] = []
    await world.script(null, { requests: 8, paceMs: 20 })
    const each = Array.from({ length: times }, (_, n) => n)
    await inLanes(each, world.nuclei === 'fake' ? 4 : 2, AbortSignal.timeout(3_600_000), async () => {
      wrong.push(...(await compare(world, truth)))
    })
    return wrong
  },
})

export const targetRows: Row[] = truths.map(row)
/** The same with the real Nuclei; N11 needs a template that none of the starter set is. */
export const realTargetRows = (nuclei: string): Row[] =>
  truths
    .filter(({ temper }) => temper === undefined)
    .map((truth) => ({
      ...row(truth),
      id: `${truth.id}-real`,
      title: `${truth.title} (Nuclei)`,
      world: { ...row(truth).world, nuclei },
    }))
