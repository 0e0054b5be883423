import { newShownId } from '@assayer/schema'

/** The request id the client gave, or a new one. */
export const requestIdFrom = (header: string | undefined): string =>
  header !== undefined && /^[\w-]{1,128}$/.test(header) ? header : newShownId('request')

/**
 * The W3C trace context of the request, or null when it has none that can be passed on. Of a later version what version 00 knows
 * is read, and passed on as that (Trace Context, 4.3: versioning of traceparent).
 */
export const traceparentFrom = (header: string | undefined): string | null =>
  header !== undefined && known.test(header) ? `00${header.slice(2, 55)}` : null

const known = /^(?:00(?=.{53}$)|(?!00|ff)[\da-f]{2})-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:$|-)/
