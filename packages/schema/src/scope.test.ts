import { expect, test } from 'vitest'
import { askFor } from './scope.fixture.ts'

test.each([
  ['with no rule nothing may be scanned', '', 'a.example', 'no-rule'],
  ['with no rule no public address may', '', '9.9.9.9', 'no-rule'],
  ['a host rule allows the host', 'allow a.example', 'a.example', 'allowed'],
  ['a host rule without port allows any', 'allow a.example', 'a.example:8443', 'allowed'],
  ['a host rule allows no name below', 'allow a.example', 'b.a.example', 'no-rule'],
  ['a host rule allows no name above', 'allow b.a.example', 'a.example', 'no-rule'],
  ['a host rule allows no name that ends alike', 'allow a.example', 'aa.example', 'no-rule'],
  ['*. allows any depth', 'allow *.a.example', 'x.y.z.a.example', 'allowed'],
  ['*. leaves out the host itself', 'allow *.a.example', 'a.example', 'no-rule'],
  ['*. minds the dot', 'allow *.a.example', 'ba.example', 'no-rule'],
  ['* allows every name', 'operator *', 'a.example', 'allowed'],
  ['* allows no address', 'operator *', '9.9.9.9', 'no-rule'],
  ['https without port is 443', 'allow a.example:443', 'https://a.example/x', 'allowed'],
  ['http without port is 80', 'allow a.example:80', 'http://a.example/x', 'allowed'],
  ['http without port is not 443', 'allow a.example:443', 'http://a.example/x', 'no-rule'],
  ['another port is not allowed', 'allow a.example:8443', 'a.example:8444', 'no-rule'],
  ['a bare host needs a rule without port', 'allow a.example:443; allow a.example:80', 'a.example', 'no-rule'],
  ['a bare address needs a rule without port', 'allow 9.9.9.9/32:443', '9.9.9.9', 'no-rule'],
  ['a network rule allows its addresses', 'allow 9.9.0.0/16', 'http://9.9.9.9', 'allowed'],
  ['a network rule allows none outside', 'allow 9.8.0.0/16', 'http://9.9.9.9', 'no-rule'],
  ['a network rule holds its port', 'allow 9.9.0.0/16:443', 'http://9.9.9.9', 'no-rule'],
  ['a v6 network rule allows its addresses', 'allow [2606:4700::]/32:443', '[2606:4700::1]:443', 'allowed'],
  ['a v4 network holds no v6 address', 'operator 0.0.0.0/0', '[2606:4700::1]:443', 'no-rule'],
  ['a v6 network holds no v4 address', 'operator [::]/0', '9.9.9.9:443', 'no-rule'],
  ['a network rule allows no name', 'allow 9.9.9.9/32', 'a.example = 9.9.9.9', 'no-rule'],
])('%s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})

test.each([
  ['deny wins over a wider allow', 'allow *.b.example; deny a.b.example', 'a.b.example', 'denied'],
  ['deny wins over a narrower allow', 'deny *.b.example; allow a.b.example', 'a.b.example', 'denied'],
  [
    'a workspace may deny what the operator allows',
    'operator a.example; workspace-deny a.example',
    'a.example',
    'denied',
  ],
  ['* denies every name', 'allow a.example; deny *', 'a.example', 'denied'],
  ['deny * covers localhost', 'operator localhost; deny *', 'localhost', 'denied'],
  ['a deny for another port leaves this one', 'allow a.example; deny a.example:25', 'a.example:80', 'allowed'],
  ['a deny for this port wins', 'allow a.example; deny a.example:25', 'a.example:25', 'denied'],
  ['a deny for one port leaves a bare host', 'allow a.example; deny a.example:25', 'a.example', 'allowed'],
  ['a network deny covers a literal', 'allow 9.9.0.0/16; deny 9.9.9.9', '9.9.9.9:80', 'denied'],
  [
    'a network deny covers any address of a name',
    'allow a.example; deny 9.9.0.0/16',
    'a.example = 8.8.8.8 9.9.9.9',
    'denied',
  ],
  ['denied is told before private', 'allow a.example; deny 9.9.9.9', 'a.example = 10.0.0.1 9.9.9.9', 'denied'],
])('%s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})

test.each([
  ['an expired allow counts for nothing', 'allow a.example until past', 'a.example', 'expired'],
  ['an expired network counts for nothing', 'allow 9.9.9.9 until past', '9.9.9.9', 'expired'],
  ['a rule counts to its last moment', 'allow a.example until future', 'a.example', 'allowed'],
  ['another allow stands in', 'allow a.example until past; allow *.example', 'a.example', 'allowed'],
  ['an expired rule for others says nothing', 'allow b.example until past', 'a.example', 'no-rule'],
  ['an expired rule for another port says nothing', 'allow a.example:80 until past', 'a.example:81', 'no-rule'],
  ['an expired deny counts for nothing', 'allow a.example; deny a.example until past', 'a.example', 'allowed'],
  ['a deny until later counts', 'allow a.example; deny a.example until future', 'a.example', 'denied'],
  ['denied is told before expired', 'allow a.example until past; deny a.example', 'a.example', 'denied'],
  ['expired is told before unresolvable', 'allow a.example until past', 'a.example = nothing', 'expired'],
  ['an unreadable end ends an allow', 'allow a.example until soon', 'a.example', 'expired'],
  ['an unreadable end keeps a deny', 'allow a.example; deny a.example until soon', 'a.example', 'denied'],
])('%s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})
