import { type Ending, type ProcessOptions, startProcess } from './own-process.ts'
import { within } from './within.ts'

type CommandResult = Ending & { timedOut: boolean; log: string }

/**
 * Runs a program to its end and returns how it ended and the last 64 KiB of what it wrote; after `timeoutMs`, or when
 * the signal aborts (then it rejects), it is stopped with its group. Throws StartError where it cannot be started.
 */
export async function runCommand(
  options: Omit<ProcessOptions, 'ready' | 'readyWithinMs'> & { timeoutMs: number },
): Promise<CommandResult> {
  const own = await startProcess(options)
  const stop = () => void own.stop()
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    const timedOut = (await within(options.timeoutMs, own.ended)) === 'late'
    const ending = timedOut ? await own.stop() : await own.ended
    options.signal?.throwIfAborted()
    return { ...ending, timedOut, log: own.log() }
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
}
