import * as v from 'valibot'
import { ScanOrder } from './scan-order.ts'

export const triggerKinds = ['github', 'gitlab', 'standard', 'hmac'] as const
export type TriggerKind = (typeof triggerKinds)[number]

/** The events that a forge's trigger knows; those of the other kinds are words of their senders. */
export const forgeEvents = {
  github: ['push', 'deployment_status', 'release'],
  gitlab: ['push', 'tag_push', 'deployment', 'release', 'pipeline'],
} as const

const Pointer = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^(?:\/(?:[^~/]|~[01])*)+$/, 'must be a JSON pointer (RFC 6901)'),
)
const TargetOfTrigger = v.union(
  [v.string(), v.strictObject({ fromPayload: Pointer })],
  'must be a target or { "fromPayload": "/json/pointer" }',
)

/** What a trigger orders: a `ScanOrder` whose targets may come from the payload. It acts with scans:write alone. */
export const TriggerOrder = v.pipe(
  v.strictObject({
    ...ScanOrder.entries,
    targets: v.pipe(v.array(TargetOfTrigger), v.maxLength(1000)),
    evidence: v.optional(v.picklist(['none', 'redacted']), 'redacted'),
  }),
  v.title('OrderOfTrigger'),
)
export type TriggerOrder = v.InferOutput<typeof TriggerOrder>

const Patterns = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.regex(/^[!-~][ -~]{0,199}$/, 'must be printable ASCII'))), v.maxLength(100)),
  [],
)
/** Each list that is not empty has to hold the delivery's value; `*` stands for any text. */
export const TriggerFilters = v.strictObject({ branches: Patterns, environments: Patterns, states: Patterns })
export type TriggerFilters = v.InferOutput<typeof TriggerFilters>

/** What a secret of a trigger is sealed for, so that it opens nowhere else. */
export const triggerPlace = (triggerId: string): string => `trigger ${triggerId} secret`

/** A new secret: of Standard Webhooks 1.0.0 for its kind, else 64 hex digits. */
export function makeTriggerSecret(kind: TriggerKind): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  if (kind === 'standard') return `whsec_${btoa(String.fromCharCode(...bytes))}`
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The key inside a secret of Standard Webhooks, 24 to 64 bytes; null where there is none. */
export function standardKey(secret: string): Uint8Array<ArrayBuffer> | null {
  const text = secret.replace(/^whsec_/, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : null
}

/** GitLab sends its secret token as it is, and signs by one that begins so. */
export const isSigningToken = (secret: string): boolean => secret.startsWith('whsec_')
