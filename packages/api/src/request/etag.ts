import { problem, webSha256 } from '@assayer/schema'
import type { Sha256 } from '@assayer/schema'
import { json, jsonText } from './call.ts'
import type { Answer } from './call.ts'

/**
 * One object with its entity tag, made of its version and the first 96 bits of the body's SHA-256; 304 when the request's
 * `If-None-Match` names it.
 */
export const taggedJson = (ifNoneMatch: string | undefined, version: number, value: unknown): Promise<Answer> =>
  tagged(ifNoneMatch, version, JSON.stringify(value), 'application/json')

/** The same for a text of any media type. */
export const tagged = async (
  ifNoneMatch: string | undefined,
  version: number,
  body: string,
  media: string,
): Promise<Answer> => withTag(ifNoneMatch, await tagOf(version, body, webSha256), body, media)

/** The entity tag of a body. */
export async function tagOf(version: number, body: string, sha256: Sha256): Promise<string> {
  const digest = await sha256(body)
  const text = Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `"${version}-${text}"`
}

/** The same where the tag is known. */
export const withTag = (ifNoneMatch: string | undefined, etag: string, body: string, media: string): Answer =>
  matches(ifNoneMatch, etag)
    ? { status: 304, body: null, headers: { ETag: etag } }
    : { status: 200, body, headers: { 'Content-Type': media, ETag: etag } }

// A `W/` that a compressing proxy put before the tag is overlooked.
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined && header.split(',').some((one) => [etag, '*'].includes(one.trim().replace(/^W\//, '')))

/** An object that a POST made or changed; `once` is shown beside it in this answer alone. */
type Shown = { status: number; version: number; value: object; once?: object; headers?: Record<string, string> }

/** Such an object with the entity tag that a GET of it has, so that a change can be bound to it without one. */
export async function shownJson(sha256: Sha256, { status, version, value, once, headers }: Shown): Promise<Answer> {
  const text = JSON.stringify(value)
  const tagged = { ...headers, ETag: await tagOf(version, text, sha256) }
  return once === undefined ? jsonText(status, text, tagged) : json(status, { ...value, ...once }, tagged)
}

/**
 * Whether a change may be made to what has this version now: an `If-Match` has to name it, in a tag of any body, as a scan's
 * progress changes the body and not the version. True without the header.
 */
export const mayChange = (ifMatch: string | undefined, version: number): boolean =>
  ifMatch === undefined ||
  ifMatch
    .split(',')
    .some((one) => one.trim() === '*' || /^(?:W\/)?"(\d{1,10})-[^"]*"$/.exec(one.trim())?.[1] === String(version))

/** No row has it: an `If-Match` that lets it pass lets all pass. */
const anyVersion = -1

/** The version that a deletion is bound to: null where `If-Match` names none, or any; refused where it names another one than this. */
export function versionToDelete(ifMatch: string | undefined, version: number): number | null {
  if (!mayChange(ifMatch, version)) throw problem('version-mismatch')
  return mayChange(ifMatch, anyVersion) ? null : version
}
