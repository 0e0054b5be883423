/** Longest wait that is granted, in seconds. */
export const longestWaitSeconds = 60

/**
 * The seconds that a `Prefer: wait=N` header asks for (RFC 7240, 4.3), at most 60; 0 without one. The first counts, and what
 * is no number is passed over, as a preference never fails a request.
 */
export function waitSeconds(header: string | undefined): number {
  for (const preference of (header ?? '').split(',')) {
    const [name = '', value = ''] = (preference.split(';')[0] ?? '').split('=').map((part) => part.trim())
    if (name.toLowerCase() !== 'wait') continue
    const digits = /^"?(\d{1,9})"?$/.exec(value)?.[1]
    return digits === undefined ? 0 : Math.min(Number(digits), longestWaitSeconds)
  }
  return 0
}
