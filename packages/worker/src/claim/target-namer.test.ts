import { parseTarget } from '@assayer/schema'
import { expect, test } from 'vitest'
import { targetNamer } from './target-namer.ts'

const named = (...texts: string[]) =>
  targetNamer(
    texts.map((text) => {
      const parsed = parseTarget(text)
      if (!parsed.ok) throw new Error(parsed.message)
      return parsed.target
    }),
  )

test('a finding belongs to the target of its host and port', () => {
  const name = named('http://a.example', 'a.example:8443', 'https://b.example/app')
  expect(name('a.example', 8443)).toBe('a.example:8443')
  expect(name('b.example', 443)).toBe('https://b.example/app')
})

test('where no target has its port it belongs to the first of its host', () => {
  const name = named('http://a.example', 'a.example:8443')
  expect(name('a.example', 6379)).toBe('http://a.example')
  expect(name('a.example', null)).toBe('http://a.example')
})

test('of two targets of one host and port the first counts', () => {
  expect(named('http://a.example/x', 'http://a.example/y')('a.example', 80)).toBe('http://a.example/x')
})

test('another host, and none at all, belong to nobody', () => {
  const name = named('http://a.example')
  expect(name('c.example', 80)).toBeNull()
  expect(name(null, null)).toBeNull()
  expect(name(null, 80)).toBeNull()
})

test('an IPv6 target is found by the address without brackets', () => {
  expect(named('http://[2001:db8::1]:8080')('2001:db8::1', 8080)).toBe('http://[2001:db8::1]:8080')
})
