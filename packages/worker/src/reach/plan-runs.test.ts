import { parseTarget } from '@assayer/schema'
import { expect, test } from 'vitest'
import { planRuns, portsToAsk, webOf } from './plan-runs.ts'
import type { Reached } from './plan-runs.ts'

const target = (text: string) => {
  const parsed = parseTarget(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.target
}
const reached = (...of: [string, Reached['web']][]): Reached[] =>
  of.map(([text, web], ordinal) => ({ ordinal, target: target(text), web }))

test('a target that names a scheme or a port is asked there, a bare host at 443 and then at 80', () => {
  expect(portsToAsk(target('a.example:8443'))).toEqual([8443])
  expect(portsToAsk(target('a.example'))).toEqual([443, 80])
})

test('the first port that speaks HTTP decides; what speaks something else speaks no HTTP', () => {
  expect(webOf(['https', 'http'])).toBe('https')
  expect(webOf(['silent', 'http'])).toBe('http')
  expect(webOf(['other', 'http'])).toBe('http')
  expect(webOf(['other', 'silent'])).toBeNull()
  expect(webOf([])).toBeNull()
})

test('what speaks HTTP goes as URL with all templates, the rest as host:port without HTTP templates', () => {
  const runs = planRuns(reached(['http://a.example/app', 'http'], ['b.example:8443', 'https'], ['c.example:22', null]))
  expect(runs.map(({ lines }) => lines)).toEqual([['http://a.example/app', 'https://b.example:8443'], ['c.example:22']])
  expect(runs.map(({ protocols }) => protocols.includes('http'))).toEqual([true, false])
})

test('a bare host and an IPv6 address get the form that Nuclei reads', () => {
  const runs = planRuns(reached(['a.example', 'https'], ['2001:db8::1', null], ['[2001:db8::2]:80', 'http']))
  expect(runs.map(({ lines }) => lines)).toEqual([['https://a.example', 'http://[2001:db8::2]:80'], ['[2001:db8::1]']])
})

test('one line for each target, and no run for nothing', () => {
  expect(planRuns(reached(['http://a.example', 'http'], ['a.example:80', 'http']))[0]?.lines).toEqual([
    'http://a.example',
    'http://a.example:80',
  ])
  expect(planRuns(reached(['a.example:22', null], ['a.example:22', null]))).toHaveLength(1)
  expect(planRuns([])).toEqual([])
})
