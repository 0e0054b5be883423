const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const number = '[1-9][0-9]{0,17}'

/** What the cursors of each list hold. Whatever has this form is a place in the list, so a made-up one does no harm. */
const kinds = {
  scans: uuid,
  'scope-rules': uuid,
  'custom-templates': uuid,
  keys: uuid,
  findings: `[1-6]_${number}`,
  'all-findings': `[1-6]_${uuid}`,
  triggers: uuid,
  'webhook-endpoints': uuid,
  'webhook-deliveries': uuid,
  shards: '[0-9]{1,9}',
  templates: '[A-Za-z0-9][A-Za-z0-9_.-]{0,127}',
  targets: uuid,
  'audit-events': uuid,
  profiles: uuid,
  'scan-targets': '[0-9]{1,9}',
} as const
export type CursorKind = keyof typeof kinds

/** The form of a list's cursors, for the OpenAPI document too. */
export const cursorPattern = (kind: CursorKind): string => `^${kind}[.]${kinds[kind]}$`

/** The text for the place where a page ended: the last row's key. Clients take it as it is. */
export const formatCursor = (kind: CursorKind, key: string): string => `${kind}.${key}`

/** The key inside a cursor, or null when it is not a cursor of this list. */
export const readCursor = (kind: CursorKind, cursor: string): string | null =>
  new RegExp(cursorPattern(kind)).test(cursor) ? cursor.slice(kind.length + 1) : null

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
