/** How the local parts tell a person what they do. */
export type Say = {
  /** One line, at once. */
  line: (text: string) => void
  /**
   * Says `text` at once and, while `work` runs, that it still lives: elapsed seconds and the last detail it gave.
   * Settles as `work` does.
   */
  during: <Value>(text: string, work: (detail: (text: string) => void) => Promise<Value>) => Promise<Value>
}

/** Where lines go: process.stdout, process.stderr, or an array in a test. */
export type Out = { write(text: string): unknown; isTTY?: boolean; columns?: number }

type Step = { text: string; detail: string; since: number }

/** Says nothing. */
export const silent: Say = { line: () => {}, during: (_text, work) => work(() => {}) }

/** A Say that writes to `out`: on a terminal one line rewritten each second, elsewhere a line each `everyMs` (5 s). */
export function makeSay(out: Out, everyMs = 5000): Say {
  const live = out.isTTY === true
  const steps: Step[] = []
  const draw = () => {
    if (!live) return
    const width = (out.columns ?? 80) - 1
    out.write(`\r\x1b[2K${steps.map(describe).join(' · ').slice(0, width)}`)
  }
  const line = (text: string) => {
    out.write(live && steps.length > 0 ? `\r\x1b[2K${text}\n` : `${text}\n`)
    if (steps.length > 0) draw()
  }

  return {
    line,
    async during(text, work) {
      const step: Step = { text, detail: '', since: Date.now() }
      steps.push(step)
      if (live) draw()
      else out.write(`${text} ...\n`)
      const timer = setInterval(() => (live ? draw() : out.write(`${describe(step)}\n`)), live ? 1000 : everyMs)
      try {
        return await work((detail) => {
          step.detail = printable(detail)
        })
      } finally {
        clearInterval(timer)
        steps.splice(steps.indexOf(step), 1)
        draw()
      }
    },
  }
}

function describe(step: Step): string {
  const seconds = Math.floor((Date.now() - step.since) / 1000)
  return `${step.text} ... ${seconds} s${step.detail === '' ? '' : `, ${step.detail}`}`
}

function printable(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100)
}
