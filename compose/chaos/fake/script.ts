import { readFileSync } from 'node:fs'

/** How a fake scanner behaves. All but the tempers below look like Nuclei on a good day. */
export type Temper =
  | 'good'
  /** Ends with exit code 1 or 2 before any request, or with 1 after half of them. */
  | 'exit-early'
  | 'exit-late'
  /** Dies by SIGSEGV half-way. */
  | 'crash'
  /** Stops half-way without a word and does not end; `deaf` also ignores SIGINT. */
  | 'hang'
  | 'deaf'
  /** Prints `noise` MiB as one line, or as lines that are no findings. */
  | 'long-line'
  | 'flood'
  /** Prints half a finding and dies by SIGKILL. */
  | 'half-line'
  /** Prints bytes that are no UTF-8, NUL, and an object that is no finding, among good lines. */
  | 'odd-bytes'
  /** Leaves a child of its own group, or of another one, that keeps the pipes open. */
  | 'forks'
  | 'forks-away'
  /** Leaves a child of another group that goes on asking through the wall until nobody answers; itself it never gives up. */
  | 'strays'
  /** Closes stdout early and goes on. */
  | 'closes-stdout'
  /** Exit 0 having done nothing. */
  | 'idle'
  /** Gives the target up in words, as Nuclei does when a template's third-party host is dead. */
  | 'gives-up'
  /** Loads one template less than it was given. */
  | 'loads-less'
  /** SIGKILL to its worker's group half-way. */
  | 'kills-worker'
  /** Takes `noise` MiB of memory, in the control group `group` where there is one, and if it lives through that ends by SIGKILL. */
  | 'eats-memory'
  /** Prints `noise` thousand findings. */
  | 'gushes'

export type Script = {
  temper: Temper
  /** Requests to each target, and the pause between two of them in milliseconds. */
  requests: number
  paceMs: number
  /** Findings of each target that every run sees; one more carries the run's own name. */
  findings: number
  /** MiB of noise, or thousands of findings. */
  noise: number
  /** The file of a control group that takes a process by its number; empty: none. */
  group: string
}
/** What a world's fake scanners do, by the first host of their list. Read anew by each run. */
export type Plan = { usual: Script; byHost: Record<string, Partial<Script>> }

export const usualScript: Script = { temper: 'good', requests: 10, paceMs: 100, findings: 3, noise: 0, group: '' }

/** The script for a host, from the file a world keeps. */
export function scriptFor(file: string, host: string): Script {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan
  return { ...plan.usual, ...plan.byHost[host] }
}
