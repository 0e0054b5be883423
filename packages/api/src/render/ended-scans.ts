import type { ScanHead } from '@assayer/schema/store'

type Kept = { version: number; text: string }
export type EndedScans = {
  /** The scan as it was last shown, which counts only while the database says the same version. */
  find(workspaceId: string, id: string): Kept | null
  /** The text of a scan that has ended; of any other nothing is kept. */
  keep(workspaceId: string, head: ScanHead, text: string): void
}

/**
 * Ended scans as JSON, the latest shown of up to `most` characters: what no longer changes is summed over its shards and rendered
 * once. Each use is checked against the version in the database, so a second process or a restart misses nothing.
 */
export function createEndedScans(most: number): EndedScans {
  const kept = new Map<string, Kept>()
  let held = 0
  const forget = (key: string) => {
    held -= kept.get(key)?.text.length ?? 0
    kept.delete(key)
  }
  return {
    find(workspaceId, id) {
      const key = `${workspaceId} ${id}`
      const found = kept.get(key) ?? null
      if (found !== null) {
        kept.delete(key)
        kept.set(key, found)
      }
      return found
    },
    keep(workspaceId, { id, version, ended }, text) {
      if (!ended) return
      const key = `${workspaceId} ${id}`
      forget(key)
      kept.set(key, { version, text })
      held += text.length
      for (const oldest of kept.keys()) {
        if (held <= most) break
        forget(oldest)
      }
    },
  }
}
