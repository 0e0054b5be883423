import { acceptScans, isDatabaseAway, twice } from '@assayer/schema/store'
import type { AcceptedScan, Sql } from '@assayer/schema/store'

/** Accepts an order: when it was made, null where its key, its delivery or itself is there already. */
export type Acceptance = (scan: AcceptedScan) => Promise<Date | null>

/** Templates, targets and shards of the orders that go together; one that has more goes alone. */
const mostTogether = 20_000
/** Statements of a workspace at once. One that takes longer than `slowMs` holds up nobody and is no longer counted. */
const atOnce = 2
const slowMs = 250

type Waiting = { scan: AcceptedScan; resolve(made: Date | null): void; reject(error: unknown): void }
type Line = { waiting: Waiting[]; underWay: number }

/**
 * Orders of a workspace that come while others are being accepted go together after them, by one statement and one commit. Each has
 * its own ending: where the statement refuses them, each is sent alone.
 */
export function createAcceptance(sql: Sql): Acceptance {
  const lines = new Map<string, Line>()
  const sendNext = (workspaceId: string, line: Line) => {
    while (line.underWay < atOnce && line.waiting.length > 0) void send(workspaceId, line)
    if (line.underWay === 0) lines.delete(workspaceId)
  }
  const send = async (workspaceId: string, line: Line) => {
    line.underWay++
    let counted = true
    const leave = () => {
      if (!counted) return
      counted = false
      line.underWay--
      sendNext(workspaceId, line)
    }
    const slow = setTimeout(leave, slowMs)
    await acceptTogether(sql, workspaceId, takeFirst(line.waiting))
    clearTimeout(slow)
    leave()
  }
  return (scan) => {
    const { workspaceId } = scan
    const line = lines.get(workspaceId) ?? { waiting: [], underWay: 0 }
    lines.set(workspaceId, line)
    const { promise, resolve, reject } = Promise.withResolvers<Date | null>()
    line.waiting.push({ scan, resolve, reject })
    sendNext(workspaceId, line)
    return promise
  }
}

/** Takes the first of a line that go together, one at least. */
function takeFirst(waiting: Waiting[]): Waiting[] {
  let size = 0
  const over = waiting.findIndex(({ scan }) => (size += sizeOf(scan)) > mostTogether)
  return waiting.splice(0, over === -1 ? waiting.length : Math.max(1, over))
}

const sizeOf = ({ targets, shards, templateSets }: AcceptedScan): number =>
  targets.length +
  shards.reduce((sum, shard) => sum + 1 + shard.targets.length, 0) +
  templateSets.reduce((sum, { ids }) => sum + ids.length, 0)

/** Settles all of them, and never rejects. */
async function acceptTogether(sql: Sql, workspaceId: string, some: readonly Waiting[]): Promise<void> {
  try {
    const scans = some.map(({ scan }) => scan)
    const made = await twice(() => acceptScans(sql, workspaceId, scans))
    for (const { scan, resolve } of some) resolve(made.get(scan.scanId) ?? null)
  } catch (error) {
    if (isDatabaseAway(error) || some.length === 1) for (const { reject } of some) reject(error)
    else await Promise.all(some.map((one) => acceptTogether(sql, workspaceId, [one])))
  }
}
