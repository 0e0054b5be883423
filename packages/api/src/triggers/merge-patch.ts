type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON value after a change (RFC 7396): objects merge, null takes a member away, all else takes its place. */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map(isObject(value) ? Object.entries(value) : [])
  for (const [name, one] of Object.entries(patch)) {
    if (one === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), one))
  }
  return Object.fromEntries(merged)
}
