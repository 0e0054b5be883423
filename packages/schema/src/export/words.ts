import { coverages, isTerminal } from '../scan-state.ts'
import type { Coverage } from '../scan-state.ts'
import type { Source } from './source.ts'

type Scan = Source['scan']

/** All coverages of a target but the good one. */
export const notCovered: readonly Coverage[] = coverages.filter((coverage) => coverage !== 'covered')

/** `1 target`, `2 targets`. */
export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

/** `1 of 2 targets covered, 1 unreachable`. */
export function coverageWords({ coverage }: Scan): string {
  const rest = notCovered
    .filter((name) => coverage[name] > 0)
    .map((name) => `, ${coverage[name]} ${coverageWord(name)}`)
  return `${coverage.covered} of ${plural(coverage.asked, 'target')} covered${rest.join('')}`
}

/** A coverage as a report says it. */
export const coverageWord = (coverage: Coverage): string => (coverage === 'partial' ? 'partly covered' : coverage)

/** `deadline: 3 shards were sealed`, or null. */
export const reasonWords = ({ reason }: Scan): string | null =>
  reason === null ? null : `${reason.code}${reason.detail === null ? '' : `: ${reason.detail}`}`

/** What a reader has to know of a scan that is not completed; null when it is. */
export function warningWords({ state }: Scan): string | null {
  if (state === 'completed') return null
  if (!isTerminal(state))
    return 'This scan has not ended: what is listed here is what was found so far, none of it decided.'
  return 'This scan did not look at everything that was ordered: what is missing here has not been shown to be absent.'
}

/** A reference that may become a link: http and https only, without a user. */
export function linkOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : null
}
