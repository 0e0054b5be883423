import { newShownId } from '@assayer/schema'

/** The request id the client gave, or a new one. */
export const requestIdFrom = (header: string | undefined): string =>
  header !== undefined && /^[\w-]{1,128}$/.test(header) ? header : newShownId('request')

/** The W3C trace context of the request, or null when it has none that can be passed on. */
export const traceparentFrom = (header: string | undefined): string | null =>
  header !== undefined && /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/.test(header) ? header : null
