import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClaimedShard } from '@assayer/schema/store'

export type RunInput = {
  folder: string
  /** One canonical target a line: URLs, or host:port and hosts. */
  lines: string[]
  protocols: readonly string[]
  templatesRoot: string
  templateFiles: string[]
  wall: { port: number; user: string; password: string }
  resolvers: string[]
  /** True when no target's scope reaches a private address. */
  publicOnly: boolean
  userAgent: string | null
}
/**
 * The wall as a proxy. It is also told as HTTP_PROXY: the helper function `jarm` and the HTTP clients of others dial by
 * themselves and heed that variable alone (dsl 0.8.20).
 */
export const wallUrl = ({ user, password, port }: RunInput['wall']): string =>
  `socks5://${user}:${password}@127.0.0.1:${port}`

type Order = Pick<ClaimedShard, 'limits' | 'evidence' | 'origin' | 'memoryKills'>

/**
 * Writes the files Nuclei reads and returns its arguments. Nothing a user wrote becomes an argument: targets go through the
 * list file, template files come from the installed bundle, numbers from validated limits.
 * Source: the flags as tried with Nuclei 3.11.1 (docs/nuclei.md).
 */
export async function nucleiArguments(input: RunInput, order: Order): Promise<string[]> {
  const { limits } = order
  const at = (name: string) => join(input.folder, name)
  await writeFile(at('targets.txt'), `${input.lines.join('\n')}\n`)
  await writeFile(at('proxy.txt'), `${wallUrl(input.wall)}\n`, { mode: 0o600 })
  if (input.resolvers.length > 0) await writeFile(at('resolvers.txt'), `${input.resolvers.join('\n')}\n`)
  const concurrency = Math.max(1, limits.concurrency >> order.memoryKills)
  return [
    ...['-l', at('targets.txt'), '-no-stdin', '-proxy', at('proxy.txt')],
    ...['-ud', input.templatesRoot, ...input.templateFiles.flatMap((file) => ['-t', file])],
    ...['-pt', input.protocols.join(','), '-jsonl', '-ot', '-stats', '-sj', '-si', '1', '-mp', '0'],
    ...['-nc', '-duc', '-ni', '-nh', '-rsr', '4194304', '-rss', '65536'],
    ...[
      '-rl',
      String(limits.requestsPerSecond),
      '-c',
      String(concurrency),
      '-bs',
      String(Math.max(1, 10 >> order.memoryKills)),
    ],
    ...[
      '-timeout',
      String(limits.timeoutSeconds),
      '-retries',
      String(limits.retries),
      '-mhe',
      String(limits.maxHostErrors),
    ],
    ...(input.resolvers.length > 0 ? ['-r', at('resolvers.txt')] : []),
    ...(order.evidence === 'none' ? ['-or'] : []),
    ...(order.origin === 'signed' ? ['-dut'] : []),
    ...(limits.followRedirects ? ['-fhr'] : []),
    ...(input.publicOnly ? ['-lna'] : []),
    ...(input.userAgent === null ? [] : ['-H', `User-Agent: ${input.userAgent}`]),
  ]
}
