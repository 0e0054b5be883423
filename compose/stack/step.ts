import { LocalError } from '../local/local-error.ts'
import type { Say } from '../local/say.ts'
import type { Row } from './page.ts'
import type { Stack } from './stack.ts'

export type Trial = {
  signal: AbortSignal
  /** With the times that only a written report is worth. */
  long: boolean
  say: Say
  /** Adds a line to the table of figures. */
  figure(...row: Row): void
}

/** Does something with a stack and says what came out wrong. */
export type Step = {
  name: string
  /** Taken for a written report, or by its name. */
  long?: true
  /** Taken always; where it is red, nothing after it makes sense. */
  must?: true
  /** `detail` is shown while it runs. */
  run(stack: Stack, trial: Trial, detail: (text: string) => void): Promise<string[]>
}

/** `broken`: a step that did not come to its end. `lost`: one that must hold did not, and the rest was left out. */
type Outcome = { red: number; taken: number; broken: boolean; lost: boolean }

/** Takes steps one after the other and says of each how it went; what a step throws is its own failure, except an interruption. */
export async function takeSteps(stack: Stack, steps: readonly Step[], trial: Trial): Promise<Outcome> {
  const outcome: Outcome = { red: 0, taken: 0, broken: false, lost: false }
  for (const step of steps) {
    const since = performance.now()
    const wrong = await trial.say
      .during(step.name, (detail) => step.run(stack, trial, detail))
      .catch((error: unknown) => {
        if (trial.signal.aborted || !(error instanceof Error)) throw error
        outcome.broken = true
        return [`it broke off: ${error instanceof LocalError ? error.message : (error.stack ?? error.message)}`]
      })
    const seconds = ((performance.now() - since) / 1000).toFixed(1)
    const lines = wrong.map((one) => `    ${one}`)
    trial.say.line([`${wrong.length === 0 ? 'ok ' : 'RED'} ${step.name}, ${seconds} s`, ...lines].join('\n'))
    outcome.taken++
    if (wrong.length === 0) continue
    outcome.red++
    if (step.must === true) return { ...outcome, lost: true }
  }
  return outcome
}
