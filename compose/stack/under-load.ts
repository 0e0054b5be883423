import { perSecond } from '../bench/load/load.ts'
import { loadLists, memoryOf, mib, services, sum } from './memory.ts'
import { ask, insist, order, outcome } from './order.ts'
import { withSecondSite } from './second-site.ts'
import type { Stack } from './stack.ts'
import type { Step } from './step.ts'

/** Of an order: some half minute of scan of a weak site. */
const slower = { limits: { requestsPerSecond: 2 } }
const scans = 50

/** The whole service at work: two scanners at once, and clients who list scans meanwhile. */
export const underLoad: Step = {
  name: 'two scanners and 32 clients at once',
  run: async (stack, { signal, figure }) =>
    await withSecondSite(stack, signal, async () => {
      await cancelled(stack, scans)
      const ids = [await order(stack, slower), await order(stack, { targets: [stack.secondSite], ...slower })]
      await insist(async () => ((await scanners(stack)) === 2 ? true : null), 30_000, signal)
      const list = loadLists(stack, { limit: 50, seconds: 10 })
      const seen: number[][] = []
      for (let n = 0; n < 4; n++) seen.push(await memoryOf(stack, services, signal))
      const rate = perSecond(await list)
      const both = (await scanners(stack)) === 2
      const ended = await Promise.all(ids.map((id) => outcome(stack, id)))
      const most = services.map((_, n) => Math.max(...seen.map((one) => one[n] ?? 0)))
      figure(`${services.join(', ')}: with two scanners and 32 clients`, mib(...most), '', '')
      figure('all four: the same', mib(sum(most)), '2 to 3 GB', '1536 MiB')
      figure(`lists of ${scans} scans a second meanwhile`, rate.toFixed(0), '50 to 80; measured 99', '')
      return [
        ...(both ? [] : ['the scanners did not outlast the load']),
        ...ended.filter(({ state }) => state !== 'completed').map(({ id, state }) => `${id} ended ${state}`),
      ]
    }),
}

/** Scans that were taken back, for lists to have something to show. */
async function cancelled(stack: Stack, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await ask(stack, `/v1/scans/${await order(stack)}/cancel`, {})
}

/** How many Nuclei run in the worker's container. */
async function scanners({ node }: Stack): Promise<number> {
  const { stdout } = await node(
    'worker',
    `const fs = require('node:fs'); const of = (pid) => { try { return fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8') } catch { return '' } }
    console.log(fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name) && of(name).startsWith('/usr/local/bin/nuclei')).length)`,
  )
  return Number(stdout)
}
