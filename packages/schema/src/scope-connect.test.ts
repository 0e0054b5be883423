import { expect, test } from 'vitest'
import { answerOf, now, scopeOf } from './scope.fixture.ts'
import { decideConnect } from './scope.ts'

const pub = '93.184.215.14'

const scope = scopeOf(
  [
    'allow a.example:443',
    'allow *.b.example',
    'workspace-deny admin.b.example',
    'allow lab.example',
    'operator 127.0.0.1/32:8080',
    'allow 10.0.0.0/8',
    'allow 8.8.8.0/24',
    'deny 8.8.8.8',
    'deny any.example',
    'allow 9.9.9.9 until past',
    'operator 169.254.169.254:80',
    'operator 127.0.0.1/32:5432',
    'operator 127.0.0.0/8:6379',
    'own 127.0.0.1 5432',
    'own 127.0.0.1 6379',
  ].join('; '),
)

test.each<[does: string, name: string | null, address: string, port: number, is: string]>([
  ['a name by its rule', 'a.example', pub, 443, 'allowed'],
  ['however it is written', 'A.Example.', pub, 443, 'allowed'],
  ['not on another port', 'a.example', pub, 8443, 'no-rule'],
  ['not without its name', null, pub, 443, 'no-rule'],
  ['any port below a rule without one', 'x.y.b.example', pub, 8443, 'allowed'],
  ['an unknown name', 'c.example', pub, 443, 'no-rule'],
  ['a denied name', 'admin.b.example', pub, 443, 'denied'],
  ['a denied name at an allowed address', 'any.example', '8.8.8.9', 53, 'denied'],
  ['an allowed address', null, '8.8.8.9', 53, 'allowed'],
  ['an allowed address under any name', 'c.example', '8.8.8.9', 53, 'allowed'],
  ['a denied address', null, '8.8.8.8', 53, 'denied'],
  ['an allowed name at a denied address', 'a.example', '8.8.8.8', 443, 'denied'],
  ['an allowed name rebound to a private address', 'a.example', '10.0.0.1', 443, 'private-address'],
  ['to loopback on another port', 'lab.example', '127.0.0.1', 9090, 'private-address'],
  ['to loopback as v4-mapped', 'lab.example', '::ffff:127.0.0.1', 9090, 'private-address'],
  ['to what the operator opened', 'lab.example', '127.0.0.1', 8080, 'allowed'],
  ['also as v4-mapped', 'lab.example', '::ffff:7f00:1', 8080, 'allowed'],
  ['localhost where the operator opened it', 'localhost', '127.0.0.1', 8080, 'allowed'],
  ['localhost by its v6 address', 'localhost', '::1', 8080, 'private-address'],
  ['a private network that only the workspace allows', null, '10.0.0.1', 80, 'private-address'],
  ['a literal given as a name is judged as the address', '8.8.8.9', pub, 53, 'no-rule'],
  ['an expired network', null, '9.9.9.9', 443, 'expired'],
  ['metadata with address and port', null, '169.254.169.254', 80, 'allowed'],
  ['metadata on another port', null, '169.254.169.254', 8080, 'private-address'],
  ['own with address and port', null, '127.0.0.1', 5432, 'allowed'],
  ['own by a wider network', null, '127.0.0.1', 6379, 'own-address'],
  ['what is no address', 'a.example', 'a.example', 443, 'private-address'],
  ['a short address', null, '8.8.2057', 53, 'private-address'],
  ['a name that only ends alike', 'evilb.example', pub, 443, 'no-rule'],
])('%s: %s at %s port %i is %s', (_, name, address, port, is) => {
  expect(answerOf(decideConnect(scope, { name, address, port }, now))).toBe(is)
})

test('a literal given as a name is no name, even to a rule for every name', () => {
  const all = scopeOf('operator *')
  expect(answerOf(decideConnect(all, { name: '9.9.9.9', address: '9.9.9.9', port: 443 }, now))).toBe('no-rule')
})

test('with no rule nothing is dialled', () => {
  const empty = scopeOf('')
  expect(decideConnect(empty, { name: 'a.example', address: pub, port: 443 }, now).allowed).toBe(false)
  expect(decideConnect(empty, { name: null, address: pub, port: 443 }, now).allowed).toBe(false)
})
