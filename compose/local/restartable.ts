import type { Ending, OwnProcess, StopStep } from './own-process.ts'

/** A server that can be started again with the same address and data. */
export type Restartable = {
  stop: () => Promise<void>
  restart: (steps?: readonly StopStep[]) => Promise<void>
  /** Settles when the server died by itself (`died`) or was stopped (`stopped`). */
  whenGone: () => Promise<'died' | 'stopped'>
}

/** Starts a server and keeps the way to start it; `stop`, `restart` run one after the other, and after `stop` nothing starts again. */
export async function startRestartable(start: () => Promise<OwnProcess>): Promise<Restartable> {
  let own = await start()
  let stopped = false
  let gone = Promise.withResolvers<'died' | 'stopped'>()
  let last: Promise<unknown> = Promise.resolve()
  let died = false
  const watch = () => {
    void own.ended.then((ending: Ending) => {
      if (ending.asked) return
      died = true
      gone.resolve('died')
    })
  }
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
  watch()
  return {
    stop: () =>
      inTurn(async () => {
        stopped = true
        await own.stop()
        gone.resolve('stopped')
      }),
    restart: (steps) =>
      inTurn(async () => {
        if (stopped) throw new Error('restart after stop')
        await own.stop(steps)
        own = await start()
        if (died) gone = Promise.withResolvers()
        died = false
        watch()
      }),
    whenGone: () => gone.promise,
  }
}
