import type { Target } from '@assayer/schema'

/** Names the target a finding belongs to: same host and port, else the first target of that host. */
export function targetNamer(targets: readonly Target[]): (host: string | null, port: number | null) => string | null {
  const byPlace = new Map<string, string>()
  for (const { host, port, canonical } of targets) {
    for (const place of [`${host} ${port}`, host]) if (!byPlace.has(place)) byPlace.set(place, canonical)
  }
  return (host, port) => byPlace.get(`${host} ${port}`) ?? byPlace.get(host ?? '') ?? null
}
