import { expect, test } from 'vitest'
import { targetRefusals, type TargetRefusal } from './target-refusal.ts'
import { parseTarget } from './target.ts'
import { words } from './words.fixture.ts'

const refused: Record<TargetRefusal, string[]> = {
  empty: [''],
  'too-long': ['a'.repeat(2049), `https://a.example/${'a'.repeat(2031)}`, `https://a.example/${'ü'.repeat(400)}`],
  'lone-surrogate': ['https://a.example/\ud800', '\udc00.example'],
  'control-character': [
    'a.example\0',
    '\ta.example',
    'a.example\n',
    'a\r.example',
    'a.example\u007f',
    'a.example\u0085',
    'https://a.example/\u202Egnp',
    'a\u00ad.example',
    'a\u200b.example',
    '\ufeffa.example',
  ],
  'white-space': [' ', ' a.example', 'a.example ', 'https://a.example/a b', 'a\u00a0b.example', 'a\u3000b', 'a\u2028b'],
  'leading-dash': ['-', '-u', '-a.example', '--config=x', '-1.2.3.4'],
  comma: ['a.example,b.example', 'https://a.example/a,b', ','],
  backslash: ['https://a.example\\b', 'a\\b', '\\\\a\\b'],
  userinfo: [
    ...words`
    @file user@a.example https://user:pw@a.example https://user@a.example/ https://a.example/@x`,
    'https://@a.example',
  ],
  scheme: words`
    ftp://a.example file:///etc/passwd ws://a.example httpx://a.example a.example://b http:a.example
    http:/a.example javascript:alert(1) data:text/html mailto:x file:/etc/passwd gopher:x`,
  path: words`
    /etc/passwd //a.example ./x ../x . .a.example ~ ~/x ~root a.example/x a/b a.example?x a.example#x
    a.example:80/x / targets/list.txt ? #`,
  cidr: words`
    10.0.0.0/8 127.0.0.1/32 10.0.0.0/99 ::1/128 [::1]/128 2001:db8::/32 a.example/24 10.0.0.0/24:80 1/1`,
  asn: ['AS123', 'as1', 'AS-123', 'As0', 'as１', 'ＡＳ2', 'as²'],
  'template-marker': words`
    https://a.example/{{Host}} https://a.example/?x={{md5(1)}} https://a.example/%7B%7bHost%7D%7D
    https://a.example/?x={%7BHost}} https://a.example/?%7b{ https://a.example/§Host§ https://a.example/?x=%c2%a7Host%C2%A7`,
  'zone-id': ['fe80::1%eth0', '[fe80::1%eth0]', '[fe80::1%25eth0]:80', 'http://[fe80::1%25eth0]/', '::1%1'],
  'ipv4-form': words`
    2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 127.1 127.0.1 01.2.3.4 1.2.3.256 1.2.3.4. 1.2.3.4.5
    １２７.0.0.1 127.0.0.１ 127。0。0。1 １２７。０。０。１ ①.②.③.④ 127.0.0.1。 http://2130706433/ http://0x7f.1:80
    http://017700000001/ http://127.1/x 10.0.0.1-9 a.1 1 a.example.0x10 999.1.1.1 127.0.0.0x1:80
    http://０ｘ７ｆ.1/ 1.2.3.4.:80`,
  'ipv4-mapped': [
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    '[::FFFF:8.8.8.8]:53',
    'http://[::ffff:a00:1]/',
    '0:0:0:0:0:ffff:1:1',
  ],
  'ipv6-form': words`
    [::1 [] [1.2.3.4] [a.example] ::: 1::2::3 [::1]80 12345::1 http://::1/ a:b:c [::1]]:80 [[::1]]
    http://a:1:2/ ::1.2.3.04 [::１]`,
  port: words`
    a.example:0 a.example:65536 a.example:99999 a.example:100000 a.example: a.example:http a.example:080
    a.example:+80 a.example:8O a.example:８０ a.example:80x http://a.example:/ http://a:0 [::1]:0 [::1]:
    http://[::1]:x/ a.example:-1 a.example:1e3 127.0.0.1:70000`,
  host: [
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}aaa`,
    '$(id)',
    'as+5',
    '`id`',
    'a\u2024\u2024example',
    ...words`
    a.example. a..example https://a.example./ _dmarc.example.com a-.example b.-a.example * *.example
    http:///a.example https:// https:/// :80 a!b a$b a|b a;b a%2eexample http://%31%32%37.0.0.1/ 127.0.0.٠
    ℀.example a．．b a：80 a／b a﹫b {{x}} a"b a'b a<b a。 fe80%eth0`,
  ],
}

const cases = Object.entries(refused).flatMap(([code, texts]) => texts.map((text) => [text, code] as const))

test.each(cases)('%j is refused as %s, with advice that repeats nothing of it', (text, code) => {
  const message: string | undefined = Object.entries(targetRefusals).find(([key]) => key === code)?.[1]
  expect(parseTarget(text)).toEqual({ ok: false, code, message })
})

test('every code has advice of its own', () => {
  expect(new Set(Object.values(targetRefusals)).size).toBe(Object.keys(targetRefusals).length)
})

// The pieces that parsers disagree about, put together in every order of up to four.
const pieces = words`http:// a.example 127.0.0.1 [::1] :80 / .. ? # %2f { {{ § ü １ . ::1`

test('whatever is accepted is canonical: printable ASCII, nothing to split or expand, and it reads as itself', () => {
  const wrong: string[] = []
  let seen = 0
  for (const a of pieces)
    for (const b of pieces)
      for (const c of pieces)
        for (const d of pieces) {
          const parsed = parseTarget(a + b + c + d)
          if (!parsed.ok) continue
          seen += 1
          const { canonical } = parsed.target
          const again = parseTarget(canonical)
          const clean = /^[!-~]+$/.test(canonical) && !/^-|[,@\\#]|\{\{/.test(canonical)
          if (!clean || JSON.stringify(again) !== JSON.stringify(parsed)) wrong.push(a + b + c + d)
        }
  expect(seen).toBeGreaterThan(500)
  expect(wrong).toEqual([])
})
