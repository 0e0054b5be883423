import { perSecond } from '../bench/load/load.ts'
import { loadLists, memoryOf, mib } from './memory.ts'
import type { Step } from './step.ts'

export const requests = 100_000
/** Short, so that a quick machine has several in the early part too; ten minutes of load at most. */
const piece = { limit: 50, seconds: 3, most: 200 }
/** What the API may take more at the end than early on: of 100,000 requests a leak of 250 bytes each takes more. */
const slackMiB = 12

/** `after`: requests that were answered before; `memory` in MiB. */
type Seen = { after: number; memory: number }

/** What recycling by count is for elsewhere: the reference starts its processes anew after 1,000 requests each. */
export const flat: Step = {
  name: 'the API takes no more memory after 100,000 requests',
  long: true,
  async run(stack, { signal, figure }, detail) {
    const seen: Seen[] = []
    for (let n = 0, after = 0; after < requests && n < piece.most; n++) {
      after += (await loadLists(stack, piece)).ok
      const [memory = Number.NaN] = await memoryOf(stack, ['api'], signal)
      seen.push({ after, memory })
      detail(`${after} requests, ${mib(memory)}`)
    }
    const { answered, early, late, wrong } = judgeMemory(seen)
    const rate = answered / (seen.length * piece.seconds)
    const ten = perSecond(await loadLists(stack, { limit: 10, seconds: 10 }))
    figure('lists of 10 scans a second, nothing else running', ten.toFixed(0), '50 to 80; measured 99', '5,000')
    figure('lists of 50 scans a second, nothing else running', rate.toFixed(0), '', '')
    figure(
      `API over ${answered} lists: at most early on, at most at the end`,
      mib(early, late),
      'starts its processes anew after 1,000 each',
      'flat',
    )
    return wrong
  },
}

/** The most memory from the first tenth to four tenths of the requests, and in the last third; wrong is more at the end than `slackMiB`. */
export function judgeMemory(seen: readonly Seen[]): { answered: number; early: number; late: number; wrong: string[] } {
  const answered = seen.at(-1)?.after ?? 0
  const most = (from: number, to: number) =>
    Math.max(
      ...seen.filter(({ after }) => after >= from * answered && after <= to * answered).map(({ memory }) => memory),
    )
  const [early, late] = [most(0.1, 0.4), most(0.67, 1)]
  const grew = late - early <= slackMiB ? [] : [`the API took ${mib(early)} early on and ${mib(late)} at the end`]
  const few = answered >= requests ? [] : [`only ${answered} requests were answered`]
  return { answered, early, late, wrong: [...grew, ...few] }
}
