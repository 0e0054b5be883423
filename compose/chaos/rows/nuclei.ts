import type { Script, Temper } from '../fake/script.ts'
import { usageOf } from '../processes.ts'
import type { Row } from '../row.ts'
import { outcomeOf } from '../watch.ts'
import type { Outcome } from '../watch.ts'
import type { World } from '../world.ts'

type Expected = { state: string; reason?: string | null; findings?: number; losses?: number; releases?: number }
type Case = {
  temper: Temper
  script?: Partial<Script>
  limits?: Record<string, number>
  expected: Expected
  deadly?: boolean
}

/** Orders a scan whose scanner has that temper, and compares how it ends. */
async function endsAs(world: World, { temper, script, limits, expected, deadly }: Case): Promise<string[]> {
  const site = await world.sites.open('answers')
  if (expected.state !== 'completed') world.sites.spoil(site.host)
  if (deadly) world.excuse.hosts.add(site.host)
  await world.script(site.host, { requests: 6, paceMs: 50, ...script, temper })
  const accepted = await world.ledger.order({ targets: [site.url], ...(limits ? { limits } : {}) })
  const outcome = await outcomeOf(world, accepted, 150_000)
  return unlike(temper, expected, outcome)
}

function unlike(temper: string, expected: Expected, outcome: Outcome): string[] {
  return (Object.keys(expected) as (keyof Expected & keyof Outcome)[])
    .filter((name) => expected[name] !== outcome[name])
    .map((name) => `${temper}: ${name} is ${outcome[name]}, not ${expected[name]}`)
}

const row = (given: Omit<Row, 'world' | 'times' | 'run'>, cases: Case[]): Row => ({
  ...given,
  world: { workers: 1, workerEnv: { WORKER_CONCURRENCY: '4' } },
  times: { quick: 1, full: 1 },
  settleMs: 150_000,
  async run(world) {
    const ended = await Promise.all(cases.map((one) => endsAs(world, one)))
    world.tally.count('bad scanners', cases.length)
    const starts = world.workers.filter((worker) => worker.starts() > 1)
    return [...ended.flat(), ...starts.map(({ name }) => `${name} had to be started again`)]
  },
})

/** Runs `work` while the workers' memory is watched; it may grow by 64 MiB. */
async function memoryFlat(world: World, work: () => Promise<string[]>): Promise<string[]> {
  const pid = world.workers[0]?.current()?.process.pid ?? 0
  const before = usageOf(pid).memory
  let most = before
  const timer = setInterval(() => void (most = Math.max(most, usageOf(pid).memory)), 50)
  try {
    const wrong = await work()
    const grown = Math.round((most - before) / 2 ** 20)
    world.tally.time('MiB that a flood added to the worker', grown)
    return grown > 64 ? [...wrong, `the worker grew by ${grown} MiB`] : wrong
  } finally {
    clearInterval(timer)
  }
}

const flood = (given: Pick<Row, 'id' | 'title' | 'expected'>, one: Case): Row => ({
  ...row(given, []),
  world: { workers: 1 },
  run: async (world) => {
    // What a worker needs for any scan does not count.
    await endsAs(world, { temper: 'good', expected: { state: 'completed' } })
    return await memoryFlat(world, () => endsAs(world, one))
  },
})

const n1 = row(
  {
    id: 'N1',
    title: 'the scanner ends with an error or dies by a signal',
    expected: 'failed or partial, with its findings; a death is a counted loss, three of them are dead',
  },
  [
    { temper: 'exit-early', expected: { state: 'failed', reason: 'scanner-error', losses: 0 } },
    { temper: 'exit-late', expected: { state: 'partial', reason: 'scanner-error', findings: 4, losses: 0 } },
    { temper: 'idle', expected: { state: 'failed', findings: 0, losses: 0 } },
    { temper: 'loads-less', expected: { state: 'partial', reason: 'templates-not-loaded', findings: 4, losses: 0 } },
    { temper: 'crash', deadly: true, expected: { state: 'failed', reason: 'shards-dead', findings: 0, losses: 3 } },
  ],
)

const n2 = row(
  {
    id: 'N2',
    title: 'the scanner hangs and ignores SIGINT',
    expected: 'SIGINT at the soft limit, SIGKILL 3 s later; partial, never retried',
  },
  [
    {
      temper: 'hang',
      limits: { softLimitSeconds: 30, hardLimitSeconds: 60 },
      expected: { state: 'partial', reason: 'soft-limit', losses: 0 },
    },
    {
      temper: 'deaf',
      limits: { softLimitSeconds: 30, hardLimitSeconds: 60 },
      expected: { state: 'partial', reason: 'soft-limit', losses: 0 },
    },
  ],
)

const n3 = flood(
  { id: 'N3', title: 'one line of 100 MB', expected: 'skipped and counted; the worker adds at most 64 MiB' },
  {
    temper: 'long-line',
    script: { noise: 100 },
    expected: { state: 'partial', reason: 'output-truncated', findings: 4 },
  },
)

const n4 = flood(
  {
    id: 'N4',
    title: '1 GiB of output',
    expected: 'the cap holds, what was found before stays; the worker adds at most 64 MiB',
  },
  { temper: 'flood', script: { noise: 1100 }, expected: { state: 'partial', reason: 'output-truncated' } },
)

const n4Findings = flood(
  {
    id: 'N4-findings',
    title: 'a million findings',
    expected: 'the cap of 50,000 holds and the scan is partial; the worker adds at most 64 MiB',
  },
  {
    temper: 'gushes',
    script: { noise: 1000 },
    expected: { state: 'partial', reason: 'output-truncated', findings: 50_000 },
  },
)

const n5 = row(
  {
    id: 'N5',
    title: 'the scanner leaves children that hold its pipes open, or closes stdout early',
    expected: 'its end is taken as its end; nobody is left',
  },
  [
    { temper: 'forks', expected: { state: 'completed', findings: 4, losses: 0 } },
    { temper: 'forks-away', expected: { state: 'completed', findings: 4, losses: 0 } },
    { temper: 'closes-stdout', expected: { state: 'completed', losses: 0 } },
  ],
)

const n6 = row(
  {
    id: 'N6',
    title: 'half a line and death; no UTF-8, NUL, a lone surrogate',
    expected: 'garbage is counted and never stops a good line',
  },
  [
    { temper: 'half-line', deadly: true, expected: { state: 'failed', reason: 'shards-dead', losses: 3 } },
    { temper: 'odd-bytes', expected: { state: 'partial', reason: 'output-truncated', losses: 0 } },
  ],
)

export const nucleiRows: Row[] = [n1, n2, n3, n4, n4Findings, n5, n6]
