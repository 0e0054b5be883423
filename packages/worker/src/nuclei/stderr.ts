import * as v from 'valibot'

/** Every value but startedAt is a string. Source: Nuclei 3.11.1, -stats -sj. */
const Stats = v.object({ percent: v.string(), requests: v.string(), errors: v.string() })

export type Told = {
  requests: number
  errors: number
  percent: number
  templatesLoaded: number | null
  /** host:port of targets that Nuclei gave up on. */
  skipped: string[]
  /** The end of stderr, for a person. */
  tail: string[]
}

export const nothingTold = (): Told => ({
  requests: 0,
  errors: 0,
  percent: 0,
  templatesLoaded: null,
  skipped: [],
  tail: [],
})

// oxlint-disable-next-line no-control-regex -- colour codes survive -nc in labels
const ansi = /\u001b\[[0-9;]*m/g
// oxlint-disable-next-line no-control-regex -- hostile text is shown to people
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const maxSkipped = 20_000

/** Takes in one line of stderr: a stats line moves the counters, a known sentence is remembered, the rest is kept as tail. */
export function hear(told: Told, raw: string): void {
  const line = raw.replace(ansi, '').replace(control, '')
  if (line.startsWith('{') && hearStats(told, line)) return
  const loaded = /(?:Templates|Workflows) loaded for current scan: (\d{1,7})$/.exec(line)
  // The first one counts: it comes before any target could have a word in what Nuclei prints.
  if (loaded) told.templatesLoaded ??= Number(loaded[1])
  const skipped = /Skipped (\S{1,300}) from target list/.exec(line)
  if (skipped?.[1] !== undefined && told.skipped.length < maxSkipped) told.skipped.push(skipped[1])
  // A character cut in two is no text: PostgreSQL refuses it in jsonb.
  told.tail.push(line.slice(0, 500).toWellFormed())
  if (told.tail.length > 40) told.tail.shift()
}

function hearStats(told: Told, line: string): boolean {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return false
  }
  const stats = v.safeParse(Stats, read)
  if (!stats.success) return false
  told.requests = Math.max(told.requests, count(stats.output.requests))
  told.errors = Math.max(told.errors, count(stats.output.errors))
  told.percent = Math.max(told.percent, Math.min(count(stats.output.percent), 99))
  return true
}

/** Nuclei prints 2^63 where nothing ran: that is nothing. */
function count(text: string): number {
  const n = Number(text)
  return Number.isSafeInteger(n) && n >= 0 ? n : 0
}
