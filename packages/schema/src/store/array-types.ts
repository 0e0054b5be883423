type Item = string | null

/** A one-dimensional array as PostgreSQL reads it. */
export const writeArray = (items: readonly Item[]): string =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item.replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`

/** A one-dimensional array as PostgreSQL writes it: quoted where an item needs it (manual, 8.15.6). */
export function readArray(text: string): Item[] {
  const items = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs)
  return Array.from(items, ([, quoted, bare]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/gs, '$1')
    return bare === undefined || bare === 'NULL' ? null : bare
  })
}

const arrayOf = (oid: number) => ({ to: oid, from: [oid], serialize: writeArray, parse: readArray })

/** What postgres.js is told of the arrays in use, by their numbers in pg_type.dat. */
export const arrayTypes = { texts: arrayOf(1009), uuids: arrayOf(2951) }
