import { LocalError } from './local-error.ts'

/**
 * Runs a script's main function with a signal that Ctrl-C and SIGTERM abort, and sets the exit status it returns. A LocalError
 * is one sentence for a person; an interruption ends with 130.
 */
export async function runScript(main: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort())
  try {
    process.exitCode = await main(stopping.signal)
  } catch (error) {
    if (stopping.signal.aborted) process.exitCode = 130
    else if (error instanceof LocalError) {
      console.error(error.message)
      process.exitCode = 1
    } else throw error
  }
}
