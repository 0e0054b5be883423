import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Played } from '../play.ts'

/** A round that was played, with where and when. */
export type Done = {
  /** Row and number of the round: `W2/3`. */
  round: string
  commit: string
  at: string
  /** Load average of the last minute when it ended. */
  load: number
  /** Nothing else was played meanwhile. */
  alone: boolean
  played: Played
}

export type State = { done: Done[]; add(done: Done): Promise<void> }

/** The rounds of a full run so far, a line each in a file; one that was cut off in mid-line is as if it had not been played. */
export async function openState(file: string): Promise<State> {
  await mkdir(dirname(file), { recursive: true })
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n').slice(0, -1)
  if (!text.endsWith('\n')) await writeFile(file, lines.map((line) => `${line}\n`).join(''))
  const done = lines.map((line) => JSON.parse(line) as Done)
  return {
    done,
    async add(one) {
      done.push(one)
      await appendFile(file, `${JSON.stringify(one)}\n`)
    },
  }
}

/** The last play of each round: one in which something was wrong may have been played again. */
export const lastOf = (done: readonly Done[]): Done[] => [...new Map(done.map((one) => [one.round, one])).values()]
