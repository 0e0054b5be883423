import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createClientAddress, readNetwork } from './client-address.ts'

const seen = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

test.each([
  ['198.51.100.7', '203.0.113.9', '198.51.100.7', 'a peer that is no proxy forwards nothing'],
  ['10.0.0.1', '203.0.113.9', '203.0.113.9', 'one proxy'],
  ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9', 'a proxy by an IPv6 socket'],
  ['10.0.0.1', '203.0.113.9, 10.0.0.2', '203.0.113.9', 'two proxies'],
  ['10.0.0.1', '1.2.3.4, 203.0.113.9', '203.0.113.9', "the client's own words are not read"],
  ['10.0.0.1', '2001:db8::7', '2001:db8::7', 'a client by IPv6'],
  ['fd00::1', '203.0.113.9', '203.0.113.9', 'a proxy by IPv6'],
  ['10.0.0.1', 'unknown', '10.0.0.1', 'a proxy that names no address'],
  ['10.0.0.1', undefined, '10.0.0.1', 'the proxy itself'],
])('%s with X-Forwarded-For %s is %s: %s', (peer, forwarded, address, why) => {
  expect(createClientAddress(['10.0.0.0/8', 'fd00::1'])(seen(peer, forwarded)), why).toBe(address)
  expect(createClientAddress([])(seen(peer, forwarded))).toBe(peer.replace('::ffff:', ''))
})

test.each(['10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', 'proxy', '', '2001:db8::/129'])('%s is no network', (text) => {
  expect(readNetwork(text)).toBeNull()
})
