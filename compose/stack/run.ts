import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { buildImages } from '../images/build-images.ts'
import { engineVersion } from '../images/docker.ts'
import { LocalError } from '../local/local-error.ts'
import { findNuclei } from '../local/nuclei.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { backup } from './backup.ts'
import { faults } from './faults.ts'
import type { Fault } from './faults.ts'
import { measureStack } from './footprint.ts'
import { inspectStack } from './inspect.ts'
import { lint } from './lint.ts'
import { operating } from './operating.ts'
import { order, outcome } from './order.ts'
import { proxy } from './proxy.ts'
import { makeStack } from './stack.ts'
import type { Stack } from './stack.ts'
import { timeBuilds } from './time-builds.ts'
import type { BuildTimes } from './time-builds.ts'
import { upgrade } from './upgrade.ts'

const usage = `npx -y pnpm@12 stack [--if-engine] [--from-source] [--only TEXT] [--write]
Builds the images, starts a stack of its own from compose.yaml with the demo's site, looks at what its containers may do, orders a scan,
breaks the stack in the ways of docs/operating.md, upgrades it under load, runs that page's commands, prints what it takes, and removes it again.
  --if-engine    where no Docker engine answers, say so and end with 0
  --from-source  build Nuclei from source too, instead of taking the one that the tests use
  --only TEXT    of the faults those alone whose name has this text; may be given again
  --write        also time builds, keep Redis away for a minute and the API under 100,000 requests; write the figures to docs/footprint.md`

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1)

await runScript(async (signal) => {
  const options = {
    'if-engine': { type: 'boolean' },
    'from-source': { type: 'boolean' },
    write: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ options })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  const engine = await engineVersion(signal)
  if (engine === null) {
    console.log('No Docker engine answers: images and stack were not tried.')
    return values['if-engine'] === true ? 0 : 1
  }
  const say = makeSay(process.stdout)
  const write = values.write === true
  if (write && values['from-source'] === true)
    throw new LocalError('--write times builds without that of Nuclei: leave out --from-source.')
  const found = values['from-source'] ? null : await findNuclei({ path: process.env['NUCLEI_PATH'], say, signal })
  const nuclei = found === null ? undefined : dirname(found.path)
  const since = performance.now()
  await say.during('building the images', (detail) => buildImages(process.env, { nuclei, signal, onLine: detail }))
  say.line(`images built in ${seconds(since)} s, engine ${engine}`)
  const builds = write ? await say.during('timing builds', () => timeBuilds(nuclei, signal)) : null
  const stack = await makeStack(signal)
  try {
    const all = [...faults, backup, proxy, upgrade, operating]
    const chosen = all.filter(({ name }) => (values.only ?? ['']).some((text) => name.includes(text)))
    return await tryStack(stack, { faults: chosen, builds, engine, signal })
  } finally {
    await stack.down()
  }
})

type Trial = { faults: readonly Fault[]; builds: BuildTimes | null; engine: string; signal: AbortSignal }

async function tryStack(stack: Stack, { faults: chosen, builds, engine, signal }: Trial): Promise<number> {
  let red = 0
  const tell = (name: string, since: number, wrong: string[]) => {
    console.log(
      [`${wrong.length === 0 ? 'ok ' : 'RED'} ${name}, ${seconds(since)} s`, ...wrong.map((one) => `    ${one}`)].join(
        '\n',
      ),
    )
    if (wrong.length > 0) red++
  }
  const step = async (name: string, run: () => Promise<string[]>) => {
    const since = performance.now()
    const wrong = await run().catch((error: unknown) => {
      if (signal.aborted || !(error instanceof Error)) throw error
      return [`it broke off: ${error instanceof LocalError ? error.message : (error.stack ?? error.message)}`]
    })
    tell(name, since, wrong)
  }
  await step('nothing is to be said against the Dockerfile and what is checked in', () => lint(signal))
  const started = performance.now()
  await step('the stack starts and is healthy', async () => {
    await stack.compose(['up', '--detach', '--wait'])
    return []
  })
  const healthy = (performance.now() - started) / 1000
  await step('containers may do what they must and no more', () => inspectStack(stack, signal))
  await step('a scan of the weak site completes with its findings', async () => {
    const scan = await outcome(stack, await order(stack))
    return scan.state === 'completed' && scan.findings.total >= 20
      ? []
      : [`${scan.state} with ${scan.findings.total} findings`]
  })
  await step('what it takes', () => measureStack(stack, { healthy, builds, engine, signal }))
  for (const fault of chosen) await step(fault.name, () => fault.run(stack, { signal, long: builds !== null }))
  if (red > 0) console.log((await stack.tryCompose(['logs', '--no-color', '--tail', '40'])).stdout)
  console.log(red === 0 ? 'The stack holds.' : `${red} of ${chosen.length + 5} steps are red.`)
  return red === 0 ? 0 : 1
}
