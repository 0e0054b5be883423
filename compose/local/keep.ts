import { spawn } from 'node:child_process'
import { join } from 'node:path'

type Keeper = { tell: (line: string) => void; close: () => Promise<void> }

const held = new Set<string>()
let keeper: Keeper | undefined

/** Until the returned function is called, this group's leader is sent `signal`, and 3 s later the group SIGKILL, should this process end in any way. */
export function keepGroup(pid: number, signal: NodeJS.Signals): () => Promise<void> {
  return keep(`group\t${pid}\t${signal}`)
}

/** Until the returned function is called, this folder is removed should this process end in any way. */
export function keepFolder(path: string): () => Promise<void> {
  return keep(`folder\t${path}`)
}

function keep(entry: string): () => Promise<void> {
  held.add(entry)
  keeper ??= startKeeper()
  keeper.tell(`+${entry}`)
  return async () => {
    if (!held.delete(entry) || keeper === undefined) return
    keeper.tell(`-${entry}`)
    if (held.size > 0) return
    const last = keeper
    keeper = undefined
    await last.close()
  }
}

function startKeeper(): Keeper {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'keeper.ts')], {
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  child.stdin.on('error', () => {})
  child.unref()
  return {
    tell: (line) => child.stdin.write(`${line}\n`),
    async close() {
      // It holds nothing any more, so it need not come to its end by itself.
      child.ref()
      child.kill('SIGKILL')
      await gone
    },
  }
}
