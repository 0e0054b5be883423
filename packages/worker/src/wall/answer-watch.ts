/**
 * What was seen: an HTTP request, or one inside TLS, went out; the peer answered over HTTP or inside TLS, completed a TLS
 * handshake, or said anything else.
 */
export type Sign = 'asked' | 'answer' | 'tls-handshake' | 'other'

/** Watches one connection's bytes; `atMs` is a clock that never goes back. Signs may repeat. */
export type AnswerWatch = {
  /** `requestAt` is where in the chunk a request begins, null when none does. */
  fromClient(chunk: Uint8Array, atMs: number): { requestAt: number | null; signs: Sign[] }
  /** How long the wall must keep that request, so that what comes back later can only answer it. */
  holdMs(atMs: number): number
  /** The request is on its way. */
  released(): void
  fromServer(chunk: Uint8Array, atMs: number): Sign[]
}
