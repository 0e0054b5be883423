import { Problem, problem } from '@assayer/schema'
import type { Context } from 'hono'
import { parseJson } from './parse-json.ts'
import { placeOf } from './place.ts'
import { textFlaws } from './text-flaws.ts'

/** Largest body in bytes, counted as they come and not as announced. */
const maxBodyBytes = 1_048_576
/** Up to here an announced length counts as a whole, beyond it bytes count as they come. */
const smallBodyBytes = 65_536

/** The parsed JSON body; refuses every other media type, coding, size and form. */
export async function readJson(c: Context): Promise<unknown> {
  requireJson(c, ['application/json'])
  return parse(await readBytes(c))
}

/** The same for a route that needs no body: undefined where none came. */
export async function readOptionalJson(c: Context): Promise<unknown> {
  const bytes = await readBytes(c)
  if (bytes.length === 0) return undefined
  requireJson(c, ['application/json'])
  return parse(bytes)
}

/** The same for a change of what is there (RFC 7396), which has a media type of its own. */
export async function readPatch(c: Context): Promise<unknown> {
  requireJson(c, ['application/merge-patch+json', 'application/json'])
  return parse(await readBytes(c))
}

/** The bytes of a body that is signed, before anything is made of them. */
export const readRaw = (c: Context): Promise<Uint8Array> => readBytes(c)

/** Bytes that were read as `application/json`. */
export function jsonOf(c: Context, bytes: Uint8Array): unknown {
  requireJson(c, ['application/json'])
  return parse(bytes)
}

function requireJson(c: Context, medias: readonly string[]): void {
  const [media = '', ...parameters] = (c.req.header('Content-Type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='))
  const coding = c.req.header('Content-Encoding') ?? 'identity'
  if (!medias.includes(media.trim()) || coding !== 'identity' || !/^(?:charset="?utf-8"?)?$/.test(charset ?? '')) {
    throw problem('unsupported-media-type', { detail: `Send ${medias.join(' or ')} in UTF-8, without content coding` })
  }
}

function parse(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  const read = parseJson(text)
  if (!read.ok) throw problem('malformed-json', { detail: read.message })
  const errors = textFlaws(text, read.value, 100)
  if (errors.length > 0) throw problem('invalid-input', { errors })
  return read.value
}

async function readBytes(c: Context): Promise<Uint8Array> {
  try {
    const announced = c.req.header('Content-Length')
    return await placeOf(c).awaitBody((hold) => readAtMost(c.req.raw, announced, hold))
  } catch (error) {
    if (error instanceof Problem) throw error
    throw problem('malformed-request', { detail: 'The body ended before it was whole', cause: error })
  }
}

async function readAtMost(
  request: Request,
  announced: string | undefined,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  // With an announced length the HTTP parser holds the body to it, and node-server reads it without a stream.
  const length = announced === undefined ? null : Number(announced)
  if (length !== null && length > maxBodyBytes) throw tooLarge()
  if (length !== null && length <= smallBodyBytes) {
    hold(length)
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length > maxBodyBytes) throw tooLarge()
    return bytes
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > maxBodyBytes) throw tooLarge()
    hold(chunk.length)
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw problem('malformed-json', { detail: 'The body is not UTF-8' })
  }
}

const tooLarge = () => problem('body-too-large', { detail: `A body may have ${maxBodyBytes} bytes` })
