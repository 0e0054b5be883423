import { expect, test } from 'vitest'
import { parseScopePattern } from './scope-pattern.ts'
import { decideTarget, scopeRefusalMessage, type ScopeRefusal } from './scope.ts'
import { now, targetOf } from './scope.fixture.ts'
import { words } from './words.fixture.ts'

test.each<[text: string, code: ScopeRefusal, message: string]>([
  ['app.example.com:8443', 'no-rule', 'no rule allows app.example.com:8443: add an allow rule "app.example.com:8443"'],
  [
    'https://app.example.com/x',
    'no-rule',
    'no rule allows app.example.com:443: add an allow rule "app.example.com:443"',
  ],
  ['app.example.com', 'no-rule', 'no rule allows app.example.com: add an allow rule "app.example.com"'],
  ['8.8.8.8:53', 'no-rule', 'no rule allows 8.8.8.8:53: add an allow rule "8.8.8.8/32:53"'],
  ['[2606:4700::1]', 'no-rule', 'no rule allows [2606:4700::1]: add an allow rule "[2606:4700::1]/128"'],
  ['a.example', 'expired', 'the rule that allowed a.example has expired: add an allow rule "a.example"'],
  ['10.0.0.1:80', 'expired', 'the rule that allowed 10.0.0.1:80 has expired: add SCOPE_ALLOW=10.0.0.1/32:80'],
  ['a.example', 'denied', 'a deny rule covers a.example: no allow rule opens it while that one stands'],
  ['a.example', 'unresolvable', 'a.example resolves to no address: check the name in DNS, the rule is there'],
  [
    'http://127.0.0.1:8080',
    'private-address',
    '127.0.0.1:8080 is a private address: the operator can open it with SCOPE_ALLOW=127.0.0.1/32:8080',
  ],
  [
    'localhost:8080',
    'private-address',
    'localhost:8080 is a private address: the operator can open it with SCOPE_ALLOW=127.0.0.1/32:8080',
  ],
  [
    'a.example:80',
    'private-address',
    'a.example:80 resolves to a private address: the operator can open that one with SCOPE_ALLOW=ADDRESS/32:80',
  ],
  [
    '169.254.169.254',
    'private-address',
    '169.254.169.254 is a private address: the operator can open it with SCOPE_ALLOW=169.254.169.254/32:PORT and a target that names this port',
  ],
  [
    '[::1]:5432',
    'own-address',
    '[::1]:5432 is an address of this service itself: the operator can open it with SCOPE_ALLOW=[::1]/128:5432',
  ],
  [
    'a.example:5432',
    'own-address',
    'a.example:5432 is an address of this service itself: the operator can open it with SCOPE_ALLOW=ADDRESS/32:5432',
  ],
])('%s refused as %s says what would allow it', (text, code, message) => {
  expect(scopeRefusalMessage(targetOf(text), code)).toBe(message)
})

test.each(words`
    app.example.com:8443 https://app.example.com/x app.example.com 8.8.8.8 8.8.8.8:53 127.0.0.1:8080
    http://localhost:8080 [::1]:443 [2606:4700::1] 10.0.0.1 169.254.169.254:80 http://[fd00:ec2::254]`)(
  'the line in the message really allows %s',
  (text) => {
    const asked = targetOf(text)
    const refusal = decideTarget({ rules: [], own: [] }, asked, null, now)
    const message = refusal.allowed ? '' : scopeRefusalMessage(asked, refusal.code)
    const [, operators, workspaces] = /SCOPE_ALLOW=(\S+)$|an allow rule "([^"]+)"$/.exec(message) ?? []
    const parsed = parseScopePattern(operators ?? workspaces ?? '')
    if (!parsed.ok) throw new Error(message)
    const origin = operators === undefined ? ('workspace' as const) : ('operator' as const)
    const rules = [{ effect: 'allow' as const, pattern: parsed.pattern, origin, expiresAt: null }]
    expect(decideTarget({ rules, own: [] }, asked, null, now)).toEqual({ allowed: true })
  },
)
