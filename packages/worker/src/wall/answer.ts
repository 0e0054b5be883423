import { watchTls } from './answer-tls.ts'
import type { AnswerWatch, Sign } from './answer-watch.ts'
import { tlsType } from './tls-records.ts'

/** The first byte of the client tells TLS from all else; a server that speaks first speaks no TLS. */
export function watchAnswers(): AnswerWatch {
  let watch: AnswerWatch | null = null
  return {
    fromClient(chunk, atMs) {
      watch ??= chunk[0] === tlsType.handshake ? watchTls() : watchPlain()
      return watch.fromClient(chunk, atMs)
    },
    holdMs: (atMs) => watch?.holdMs(atMs) ?? 0,
    released: () => watch?.released(),
    fromServer(chunk, atMs) {
      watch ??= watchPlain()
      return watch.fromServer(chunk, atMs)
    },
  }
}

const HTTP = Buffer.from('HTTP/')
/** How an HTTP request begins (RFC 9112, 3.1). */
const method = /^[A-Z]{3,16} \S/

function watchPlain(): AnswerWatch {
  let matched = 0
  let speaks: Sign | null = null
  let serverSpoke = true
  let asked = false
  return {
    fromClient(chunk) {
      const requestAt = serverSpoke ? 0 : null
      serverSpoke = false
      const begins = !asked && method.test(Buffer.from(chunk.subarray(0, 20)).toString('latin1'))
      asked = true
      return { requestAt, signs: begins ? ['asked'] : [] }
    },
    holdMs: () => 0,
    released() {},
    fromServer(chunk) {
      serverSpoke = true
      for (let at = 0; speaks === null && at < chunk.length; at++) {
        if (chunk[at] !== HTTP[matched++]) speaks = 'other'
        else if (matched === HTTP.length) speaks = 'answer'
      }
      if (speaks === null) return []
      // A 408 on a connection where nobody asked answers nothing.
      return [asked ? speaks : 'other']
    },
  }
}
