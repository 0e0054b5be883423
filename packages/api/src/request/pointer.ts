/** A JSON pointer (RFC 6901) to a place in a body, cut where a hostile key would blow it up. */
export const pointerTo = (path: readonly (string | number)[]): string =>
  path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .slice(0, 300)
    .toWellFormed()
