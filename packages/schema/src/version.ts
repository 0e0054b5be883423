/** Of this code; the packages are released together. */
export const version = '0.1.0'

/** Whether a version `1.2.3` comes before another. */
export function isOlder(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number))
  const at = [0, 1, 2].find((n) => a?.[n] !== b?.[n])
  return at !== undefined && (a?.[at] ?? 0) < (b?.[at] ?? 0)
}
