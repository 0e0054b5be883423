import { expect, test } from 'vitest'
import { askFor } from './scope.fixture.ts'

test.each([
  ['a name without address is unresolvable', 'allow a.example', 'a.example = nothing', 'unresolvable'],
  ['no-rule is told before unresolvable', '', 'a.example = nothing', 'no-rule'],
  ['public addresses of an allowed name are fine', 'allow a.example', 'a.example = 9.9.9.9 2606:4700::1', 'allowed'],
  ['one private address is enough', 'allow a.example', 'a.example = 9.9.9.9 10.0.0.1', 'private-address'],
  ['v4-mapped is unwrapped', 'allow a.example', 'a.example = ::ffff:10.0.0.1', 'private-address'],
  ['what is no address is refused', 'allow a.example', 'a.example = fe80::1%eth0', 'private-address'],
  ['the operator opens it', 'allow a.example; operator 10.0.0.0/8', 'a.example = 9.9.9.9 10.0.0.1', 'allowed'],
  ['without naming the host', 'allow a.example; operator 10.0.0.1:80', 'a.example:80 = 10.0.0.1', 'allowed'],
  ['for that port only', 'allow a.example; operator 10.0.0.0/8:80', 'a.example:81 = 10.0.0.1', 'private-address'],
  ['for that network only', 'allow a.example; operator 10.0.0.0/24', 'a.example = 10.0.1.1', 'private-address'],
  ['an operator rule for the name does not', 'operator a.example', 'a.example = 10.0.0.1', 'private-address'],
  ['a workspace rule does not', 'allow a.example; allow 10.0.0.0/8', 'a.example = 10.0.0.1', 'private-address'],
  ['nobody opens a private literal by default', '', '10.0.0.1:80', 'private-address'],
  ['nor does a workspace', 'allow 10.0.0.1/32:80', '10.0.0.1:80', 'private-address'],
  ['nor for link-local v6', 'allow [fe80::]/10', '[fe80::1]:80', 'private-address'],
  ['the operator opens a literal', 'operator 127.0.0.1/32:8080', 'http://127.0.0.1:8080', 'allowed'],
  ['of that port only', 'operator 127.0.0.1/32:8080', 'http://127.0.0.1:8081', 'private-address'],
  ['not for a bare address', 'operator 127.0.0.1/32:8080', '127.0.0.1', 'private-address'],
  ['until the rule expires', 'operator 127.0.0.1/32:8080 until past', '127.0.0.1:8080', 'expired'],
  ['localhost is 127.0.0.1', 'operator localhost:8080', 'http://localhost:8080', 'allowed'],
  ['localhost is that whatever it resolves to', 'operator 127.0.0.1/32', 'localhost = 127.0.0.1 ::1', 'allowed'],
  ['localhost needs the operator', 'allow 127.0.0.1/32', 'localhost', 'private-address'],
])('%s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})

test.each([
  ['a network is not enough', 'operator 169.254.0.0/16:80', '169.254.169.254:80', 'private-address'],
  ['the address without port is not enough', 'operator 169.254.169.254', '169.254.169.254:80', 'private-address'],
  ['nor for a bare address', 'operator 169.254.169.254', '169.254.169.254', 'private-address'],
  ['another port is not enough', 'operator 169.254.169.254:81', '169.254.169.254:80', 'private-address'],
  ['a workspace is not enough', 'allow 169.254.169.254:80', '169.254.169.254:80', 'private-address'],
  ['the operator, address and port are', 'operator 169.254.169.254:80', '169.254.169.254:80', 'allowed'],
  ['a v6 network is not enough', 'operator [fd00::]/8:80', '[fd00:ec2::254]:80', 'private-address'],
  ['v6 address and port are', 'operator [fd00:ec2::254]/128:80', '[fd00:ec2::254]:80', 'allowed'],
  ['one in a public range is shut as well', 'allow 168.63.0.0/16', '168.63.129.16:80', 'private-address'],
  [
    'no name leads there',
    'allow a.example; operator 169.254.0.0/16',
    'a.example:80 = 169.254.169.254',
    'private-address',
  ],
  [
    'nor through NAT64',
    'allow a.example; operator [64:ff9b::]/96',
    'a.example:80 = 64:ff9b::a9fe:a9fe',
    'private-address',
  ],
])('metadata, %s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})

test.each([
  ['a network is not enough', 'operator 10.0.0.0/8; own 10.0.0.5 5432', '10.0.0.5:5432', 'own-address'],
  ['the address without port is not enough', 'operator 10.0.0.5; own 10.0.0.5 5432', '10.0.0.5:5432', 'own-address'],
  ['a workspace is not enough', 'allow 9.9.9.9:443; own 9.9.9.9 443', '9.9.9.9:443', 'own-address'],
  ['the operator, address and port are', 'operator 10.0.0.5:5432; own 10.0.0.5 5432', '10.0.0.5:5432', 'allowed'],
  ['another port is not own', 'operator 10.0.0.0/8; own 10.0.0.5 5432', '10.0.0.5:80', 'allowed'],
  ['all ports may be', 'operator 10.0.0.0/8; own 10.0.0.5 *', '10.0.0.5:80', 'own-address'],
  ['then a bare address is too', 'operator 10.0.0.5; operator 10.0.0.5:80; own 10.0.0.5 *', '10.0.0.5', 'own-address'],
  ['no name leads there', 'allow a.example; own 9.9.9.9 443', 'https://a.example = 9.9.9.9', 'own-address'],
  ['loopback is one machine', 'operator 127.0.0.0/8; own ::1 5432', '127.9.9.9:5432', 'own-address'],
  ['0.0.0.0 is loopback', 'operator 0.0.0.0/0; own 127.0.0.1 5432', '0.0.0.0:5432', 'own-address'],
  ['v4-mapped is the same', 'operator 10.0.0.0/8; own ::ffff:10.0.0.5 6379', '10.0.0.5:6379', 'own-address'],
  ['NAT64 leads there', 'operator [64:ff9b::]/96; own 10.0.0.5 6379', '[64:ff9b::a00:5]:6379', 'own-address'],
  ['what is no address is not own', 'allow 9.9.9.9; own db.internal 5432', '9.9.9.9:5432', 'allowed'],
  ['a rule that ended is told', 'operator 10.0.0.5:5432 until past; own 10.0.0.5 5432', '10.0.0.5:5432', 'expired'],
])('own addresses, %s: with "%s" %s is %s', (_, scope, asked, answer) => {
  expect(askFor(scope, asked)).toBe(answer)
})
