import type { AnswerWatch, Sign } from './answer-watch.ts'
import { createRecordReader, tlsType } from './tls-records.ts'

/** In TLS 1.3 an alert is disguised as 19 bytes of application data: a good-bye is neither request nor answer. */
const DISGUISED_ALERT_BYTES = 19
/** Bounds of the time that a TLS 1.3 server gets for its session tickets. */
const SHORTEST_HOLD_MS = 25
const LONGEST_HOLD_MS = 500

/**
 * TLS shows no more than its record types. In 1.3 all after the hellos is application data (RFC 8446, 5.1): the server's
 * comes first, the client's first is its Finished, its second the request. In 1.2 the client's first is the request.
 *
 * A 1.3 server also sends session tickets as soon as it has the Finished, and they look like an answer to a request
 * that came along with it. So the request is to be held for one and a half times the server's own hello, after which
 * tickets have arrived: else a balancer that greets for a dead backend would count as answering.
 */
export function watchTls(): AnswerWatch {
  const clientRecords = createRecordReader()
  const serverRecords = createRecordReader()
  let helloAt: number | null = null
  let holdUntil = 0
  let holdFor: number | null = null
  let isTls: boolean | null = null
  let version: '1.2' | '1.3' | null = null
  let finished = false
  let requested = false
  let serverSpoke = true
  let clientChangedCipher = false
  let serverChangedCipher: 'first' | 'second' | null = null

  return {
    fromClient(chunk, atMs) {
      const signs: Sign[] = []
      let requestAt: number | null = null
      helloAt ??= atMs
      for (const { type, length, at } of clientRecords(chunk) ?? []) {
        // A change of cipher with no Finished right behind it is the dummy of 1.3 (RFC 8446, D.4).
        if (serverChangedCipher === 'first') serverChangedCipher = null
        if (type === tlsType.changeCipherSpec) clientChangedCipher = true
        if (type !== tlsType.applicationData || length <= DISGUISED_ALERT_BYTES) continue
        version ??= '1.2'
        if (version === '1.3' && !finished) {
          finished = true
          holdUntil = atMs + (holdFor ?? 0)
          signs.push('tls-handshake')
          continue
        }
        if (serverSpoke) requestAt ??= at
        signs.push('asked')
        serverSpoke = false
      }
      return { requestAt, signs }
    },
    holdMs: (atMs) => (requested ? 0 : Math.max(0, holdUntil - atMs)),
    released() {
      requested = true
      serverSpoke = false
    },
    fromServer(chunk, atMs) {
      holdFor ??= Math.min(LONGEST_HOLD_MS, Math.max(SHORTEST_HOLD_MS, 1.5 * (atMs - (helloAt ?? atMs))))
      isTls ??= chunk[0] === tlsType.handshake
      if (!isTls) return ['other']
      const signs: Sign[] = []
      for (const { type, length } of serverRecords(chunk) ?? []) {
        if (type === tlsType.changeCipherSpec) serverChangedCipher = clientChangedCipher ? 'second' : 'first'
        if (type === tlsType.handshake && serverChangedCipher !== null && version === null) signs.push('tls-handshake')
        if (type !== tlsType.applicationData || length <= DISGUISED_ALERT_BYTES) continue
        version ??= '1.3'
        serverSpoke = true
        if (requested) signs.push('answer')
      }
      return signs
    },
  }
}
