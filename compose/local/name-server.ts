import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export type NameServer = {
  /** For RESOLVERS. */
  address: string
  /** From now on questions for an IPv4 address get these in turn, and the last one for ever. */
  answer(addresses: string[]): void
  stop(): void
}

/** A name server on loopback that gives any name the same addresses, with a time to live of 0: one that rebinds. */
export async function startNameServer(): Promise<NameServer> {
  const dns = createSocket('udp4')
  let answers: string[] = []
  dns.on('message', (question, { address, port }) => {
    const type = question.readUInt16BE(question.length - 4)
    const given = type === 1 ? (answers.length > 1 ? answers.shift() : answers[0]) : undefined
    const header = Buffer.from(question.subarray(0, 12))
    header.writeUInt16BE(0x8180, 2)
    header.writeUInt16BE(given === undefined ? 0 : 1, 6)
    header.writeUInt32BE(0, 8)
    const record = given === undefined ? [] : [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...given.split('.').map(Number)]
    dns.send(Buffer.concat([header, question.subarray(12), Buffer.from(record)]), port, address)
  })
  dns.bind(0, '127.0.0.1')
  await once(dns, 'listening')
  return {
    address: `127.0.0.1:${dns.address().port}`,
    answer: (addresses) => void (answers = [...addresses]),
    stop: () => void dns.close(),
  }
}
