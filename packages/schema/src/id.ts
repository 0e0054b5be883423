import { TypeID, typeid } from 'typeid-js'

/** The TypeID prefix of each kind of thing. */
export const idPrefixes = {
  scan: 'scn',
  shard: 'shd',
  finding: 'fnd',
  key: 'key',
  target: 'tgt',
  'scope-rule': 'scr',
  profile: 'prf',
  'custom-template': 'tpl',
  'webhook-endpoint': 'whe',
  event: 'evt',
  delivery: 'dlv',
  trigger: 'trg',
  schedule: 'sch',
  'audit-event': 'aud',
  worker: 'wrk',
  workspace: 'wsp',
  request: 'req',
} as const
export type IdKind = keyof typeof idPrefixes

/** A new id in the form outside programs see, for what no table keeps. */
export const newShownId = (kind: IdKind): string => typeid(idPrefixes[kind]).toString()

/** A new UUIDv7 as text, the form the database keeps. */
export const newId = (): string => typeid().toUUID()

/** The lowest UUIDv7 of a time (RFC 9562, 5.7): no id made since is lower. */
export function lowestId(since: Date): string {
  const hex = Math.max(0, since.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** The form outside programs see: `scn_01h...`. Source: TypeID specification 0.3. */
export const formatId = (kind: IdKind, uuid: string): string => TypeID.fromUUID(idPrefixes[kind], uuid).toString()

const form = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** The UUID inside `text`, or null when it is not an id of this kind (another prefix or case, or no UUID inside). */
export function parseId(kind: IdKind, text: string): string | null {
  if (!form.test(text) || !text.startsWith(`${idPrefixes[kind]}_`)) return null
  try {
    return TypeID.fromString(text).toUUID()
  } catch {
    // 128 bits that are no UUID of any version.
    return null
  }
}
