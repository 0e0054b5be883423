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
import { flat } from './flat.ts'
import { inspected } from './inspect.ts'
import { linted } from './lint.ts'
import { operating } from './operating.ts'
import { firstScan } from './order.ts'
import { figuresOf, loadNow, writePage } from './page.ts'
import type { Row } from './page.ts'
import { proxy } from './proxy.ts'
import { sizes } from './sizes.ts'
import { makeStack } from './stack.ts'
import { start } from './start.ts'
import { takeSteps } from './step.ts'
import type { Step } from './step.ts'
import { timeBuilds } from './time-builds.ts'
import { underLoad } from './under-load.ts'
import { upgrade } from './upgrade.ts'

const usage = `npx -y pnpm@12 stack [--if-engine] [--from-source] [--only TEXT] [--write]
Builds the images, starts a stack of its own from compose.yaml with the demo's site, looks at what its containers may do, orders a scan,
loads it, breaks it in the ways of docs/operating.md, upgrades it under load, runs that page's commands, prints what it takes, and removes it.
  --if-engine    where no Docker engine answers, say so and end with 0
  --from-source  build Nuclei from source too, instead of taking the one that the tests use
  --only TEXT    of the steps after the start those alone whose name has this text; may be given again
  --write        also time builds and weigh images, keep Redis away for a minute and the API under 100,000 requests; write
                 docs/footprint.md: some twenty minutes, for which the machine should be quiet`

const options = {
  'if-engine': { type: 'boolean' },
  'from-source': { type: 'boolean' },
  write: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  help: { type: 'boolean' },
} as const

await runScript(async (signal) => {
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
  const { only, write = false, 'from-source': fromSource = false } = values
  if (write && (fromSource || only !== undefined))
    throw new LocalError(
      '--write takes all steps, and times builds without that of Nuclei: leave out the other options.',
    )
  const load = loadNow()
  const say = makeSay(process.stdout, 30_000)
  const found = fromSource ? null : await findNuclei({ path: process.env['NUCLEI_PATH'], say, signal })
  const nuclei = found === null ? undefined : dirname(found.path)
  const since = performance.now()
  await say.during('building the images', (detail) => buildImages(process.env, { nuclei, signal, onLine: detail }))
  say.line(`images built in ${((performance.now() - since) / 1000).toFixed(1)} s, engine ${engine}`)

  const chosen = (steps: readonly Step[]) =>
    steps.filter(
      ({ name, long, must }) => must ?? only?.some((text) => name.includes(text)) ?? (write || long !== true),
    )
  const measured = chosen([linted, timeBuilds(nuclei), start, inspected, firstScan, underLoad, flat, sizes])
  const broken = chosen([...faults, backup, proxy, upgrade, operating])
  const rows: Row[] = []
  const trial = { signal, say, long: write, figure: (...row: Row) => void rows.push(row) }
  const stack = await makeStack(signal)
  let red = 0
  try {
    const first = await takeSteps(stack, measured, trial)
    if (rows.length > 0) console.log(figuresOf(rows))
    if (write && !first.broken && !first.lost) await writePage(rows, engine, load)
    else if (write) console.log('Not all could be measured: docs/footprint.md is as it was.')
    const second = first.lost ? { red: 0, taken: 0 } : await takeSteps(stack, broken, trial)
    red = first.red + second.red
    if (red > 0) console.log((await stack.tryCompose(['logs', '--no-color', '--tail', '40'])).stdout)
    console.log(red === 0 ? 'The stack holds.' : `${red} of ${first.taken + second.taken} steps are red.`)
  } finally {
    const left = await stack.down()
    if (left !== null) console.error(left)
    if (left !== null) red++
  }
  return red === 0 ? 0 : 1
})
