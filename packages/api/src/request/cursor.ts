const uuid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'

const kinds = {
  scans: new RegExp(`^${uuid}$`),
  'scope-rules': new RegExp(`^${uuid}$`),
  keys: new RegExp(`^${uuid}$`),
  findings: /^[1-9]\d{0,17}$/,
  'findings-by-severity': /^[1-6] [1-9]\d{0,17}$/,
  'all-findings': new RegExp(`^${uuid}$`),
  'all-findings-by-severity': new RegExp(`^[1-6] ${uuid}$`),
  shards: /^\d{1,9}$/,
  templates: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
  targets: /^\d{1,9}$/,
} as const
export type CursorKind = keyof typeof kinds

/** An opaque text for the place where a page ended: the last row's key. */
export const formatCursor = (kind: CursorKind, key: string): string =>
  btoa(`${kind} ${key}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** The key inside a cursor, or null when it is not a cursor of this list. */
export function readCursor(kind: CursorKind, cursor: string): string | null {
  if (!/^[\w-]{1,200}$/.test(cursor)) return null
  let text: string
  try {
    text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return null
  }
  const key = text.slice(kind.length + 1)
  return kinds[kind].test(key) && formatCursor(kind, key) === cursor ? key : null
}

/** A list's answer: the rows asked for, and a cursor when one more than `limit` was there. */
export function pageOf<Row, Item>(
  kind: CursorKind,
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  render: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? formatCursor(kind, keyOf(last)) : null
  return { data: shown.map(render), nextCursor }
}
