import { expect, test } from 'vitest'
import { canonicalAddress, carriedAddress, classifyAddress, isMappedV4, liesIn, networkEnds } from './address.ts'
import { words } from './words.fixture.ts'

const privateAddresses = words`
    0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255
    169.254.0.0 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.168.0.0 192.168.255.255
    198.18.0.0 198.19.255.255 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255 192.0.2.1 198.51.100.1
    203.0.113.1 :: ::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:0:0 ::ffff:c0a8:1 ::7f00:1 fc00::
    fdff:ffff::1 fe80::1 febf::1 fec0::1 ff02::1 64:ff9b::1 64:ff9b::808:808 64:ff9b:1::1 64:ff9b:1:ffff::1
    2002::1 2002:808:808::1 2001:db8::1 2001:db8:ffff:: 3fff::1 3fff:fff::1 100::1 5f00::1 2001::1
    ::ffff:0:808:808 4000::1 1::1`

const publicAddresses = words`
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
    169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255
    198.20.0.0 223.255.255.255 2001:4860:4860::8888 2606:4700::1111 2a00:1450:4001:: ::ffff:8.8.8.8
    2001:db7::1 2003::1 3ffe::1`

test.each(privateAddresses)('%s is private', (ip) => {
  expect(classifyAddress(ip)).toBe('private')
})

test.each(publicAddresses)('%s is public', (ip) => {
  expect(classifyAddress(ip)).toBe('public')
})

test.each(words`
    169.254.169.254 fd00:ec2::254 FD00:EC2:0::254 100.100.100.200 168.63.129.16 192.0.0.192
    ::ffff:169.254.169.254 ::a9fe:a9fe 2002:a9fe:a9fe::1 64:ff9b::a9fe:a9fe 64:ff9b:1::a9fe:a9fe
    ::ffff:0:a9fe:a9fe 64:ff9b::169.254.169.254`)('%s leads to a metadata service', (ip) => {
  expect(classifyAddress(ip)).toBe('metadata')
})

test.each(['', 'localhost', '127.1', '8.8.8', '0x8.8.8.8', '2606:4700::1111%eth0', '[2606:4700::1111]'])(
  'a text that is no strict address (%s) is never public',
  (text) => {
    expect(classifyAddress(text)).toBe('private')
  },
)

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['::FFFF:1.2.3.4', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['::ffff:0:0', '0.0.0.0'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:0db8::0001', '2001:db8::1'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['::1.2.3.4', '::102:304'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
])('%s has the canonical text %s', (ip, canonical) => {
  expect(canonicalAddress(ip)).toBe(canonical)
  expect(canonicalAddress(canonical)).toBe(canonical)
})

test.each([
  '',
  ' ',
  '1.2.3.4\n',
  ' 1.2.3.4',
  ...words`
    1 1.2.3 127.1 2130706433 0x7f.0.0.1 0177.0.0.1 01.2.3.4 1.2.3.256 1.2.3.4. 1.2.3.4.5 １.2.3.4 1.2.3.٤
    localhost [::1] ::1%lo fe80::1%25eth0 ::: : 1::2::3 12345:: 00001:: 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9
    ::1.2.3 ::01.2.3.4 ::1]/[::2 ::1]:80/ ::1]?[ ::1.2.3.4.5 g:: 1.2.3.4:: ::ffff:1.2.3.256 1:2:3:4:5:6:7:1.2.3.4 1:2:3:4:5:6:7:8::
    ::1/128`,
])('%j is no strict literal', (ip) => {
  expect(canonicalAddress(ip)).toBeNull()
})

test('an address carried inside a transition address is found, any other stands for itself', () => {
  expect(carriedAddress('2002:a00:1::5')).toBe('10.0.0.1')
  expect(carriedAddress('64:ff9b::a00:1')).toBe('10.0.0.1')
  expect(carriedAddress('2606:4700::1111')).toBe('2606:4700::1111')
  expect(carriedAddress('8.8.8.8')).toBe('8.8.8.8')
})

test('only ::ffff:0:0/96 is v4-mapped', () => {
  expect(isMappedV4('::ffff:8.8.8.8')).toBe(true)
  expect(isMappedV4('::fffe:8.8.8.8')).toBe(false)
  expect(isMappedV4('8.8.8.8')).toBe(false)
})

test.each([
  ['10.1.2.3', '10.0.0.0', 8, true],
  ['11.0.0.0', '10.0.0.0', 8, false],
  ['10.1.2.3', '0.0.0.0', 0, true],
  ['10.1.2.3', '10.1.2.3', 32, true],
  ['10.1.2.4', '10.1.2.3', 32, false],
  ['10.1.2.4', '10.1.2.4', 31, true],
  ['2606:4700::1', '2606:4700::', 32, true],
  ['2606:4701::1', '2606:4700::', 32, false],
  ['::1', '::1', 128, true],
  ['::2', '::1', 128, false],
  ['10.1.2.3', '::', 0, false],
  ['::1', '0.0.0.0', 0, false],
])('%s in %s/%i: %s', (address, network, bits, inside) => {
  expect(liesIn(address)(network, bits)).toBe(inside)
})

test('a network knows its ends', () => {
  expect(networkEnds('10.1.2.3', 8)).toEqual({ first: '10.0.0.0', last: '10.255.255.255' })
  expect(networkEnds('2606:4700::1', 32)).toEqual({
    first: '2606:4700::',
    last: '2606:4700:ffff:ffff:ffff:ffff:ffff:ffff',
  })
  expect(networkEnds('::1', 128)).toEqual({ first: '::1', last: '::1' })
  expect(networkEnds('1.2.3.4', 0)).toEqual({ first: '0.0.0.0', last: '255.255.255.255' })
})
