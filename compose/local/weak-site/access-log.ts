/**
 * One request or connection that the weak site saw. `at` is in ms since the epoch, `port` the site's own; `method` is
 * the HTTP method, CONNECT-TCP or CONNECT-TLS for a connection, MALFORMED for bytes that are no HTTP.
 */
export type AccessLine = { at: number; port: number; method: string; path: string; host: string | null }

export type AccessLog = { lines: readonly AccessLine[]; record(line: Omit<AccessLine, 'at'>): void }

/** Keeps at most `limit` lines; when it is full, the oldest tenth goes. */
export function createAccessLog(limit: number, log?: (line: AccessLine) => void): AccessLog {
  const lines: AccessLine[] = []
  return {
    lines,
    record(seen) {
      const line = { at: Date.now(), ...seen }
      if (lines.length >= limit) lines.splice(0, Math.max(1, Math.floor(limit / 10)))
      lines.push(line)
      log?.(line)
    },
  }
}
