import { expect, test } from 'vitest'
import { parseTarget, targetHostKey, type Target } from './target.ts'

const accepted: [text: string, canonical: string, rest: Omit<Target, 'canonical'>][] = [
  ['https://app.example.com', 'https://app.example.com', url('https', 'app.example.com', 443)],
  ['HTTPS://App.Example.COM:443/', 'https://app.example.com', url('https', 'app.example.com', 443)],
  ['http://app.example.com:80', 'http://app.example.com', url('http', 'app.example.com', 80)],
  ['http://app.example.com:443/', 'http://app.example.com:443', url('http', 'app.example.com', 443)],
  [
    'https://a.example.com:8443/a/../b/./c?x=1#top',
    'https://a.example.com:8443/b/c?x=1',
    url('https', 'a.example.com', 8443),
  ],
  ['https://a.example.com/#top', 'https://a.example.com', url('https', 'a.example.com', 443)],
  ['https://a.example.com/?', 'https://a.example.com', url('https', 'a.example.com', 443)],
  ['https://a.example.com?x=1', 'https://a.example.com/?x=1', url('https', 'a.example.com', 443)],
  ['https://a.example.com//b', 'https://a.example.com//b', url('https', 'a.example.com', 443)],
  ['https://a.example.com/ü?q=é', 'https://a.example.com/%C3%BC?q=%C3%A9', url('https', 'a.example.com', 443)],
  ['https://a.example.com/{x}?q={y}', 'https://a.example.com/%7Bx%7D?q={y}', url('https', 'a.example.com', 443)],
  ['https://a.example.com/10.0.0.0/24', 'https://a.example.com/10.0.0.0/24', url('https', 'a.example.com', 443)],
  ['https://10.0.0.1/24', 'https://10.0.0.1/24', url('https', '10.0.0.1', 443, 4)],
  ['https://bücher.example', 'https://xn--bcher-kva.example', url('https', 'xn--bcher-kva.example', 443)],
  ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x', url('http', '127.0.0.1', 8080, 4)],
  ['http://[0:0::1]/', 'http://[::1]', url('http', '::1', 80, 6)],
  ['https://[2001:DB8:0:0:0:0:0:1]:8443', 'https://[2001:db8::1]:8443', url('https', '2001:db8::1', 8443, 6)],
  ['App.Example.com', 'app.example.com', bare('app.example.com', null)],
  ['localhost', 'localhost', bare('localhost', null)],
  ['web-1', 'web-1', bare('web-1', null)],
  ['3com.com', '3com.com', bare('3com.com', null)],
  ['bücher.example', 'xn--bcher-kva.example', bare('xn--bcher-kva.example', null)],
  ['例え。テスト', 'xn--r8jz45g.xn--zckzah', bare('xn--r8jz45g.xn--zckzah', null)],
  ['app.example.com:8443', 'app.example.com:8443', bare('app.example.com', 8443)],
  ['app.example.com:443', 'app.example.com:443', bare('app.example.com', 443)],
  ['127.0.0.1', '127.0.0.1', bare('127.0.0.1', null, 4)],
  ['127.0.0.1:65535', '127.0.0.1:65535', bare('127.0.0.1', 65535, 4)],
  ['::1', '[::1]', bare('::1', null, 6)],
  ['[2001:0DB8::1]', '[2001:db8::1]', bare('2001:db8::1', null, 6)],
  ['[::1]:1', '[::1]:1', bare('::1', 1, 6)],
  ['::1.2.3.4', '[::102:304]', bare('::102:304', null, 6)],
  ['as.example.com', 'as.example.com', bare('as.example.com', null)],
  ['as123.example', 'as123.example', bare('as123.example', null)],
]

test.each(accepted)('%s is the target %s', (text, canonical, rest) => {
  expect(parseTarget(text)).toEqual({ ok: true, target: { canonical, ...rest } })
})

test.each(accepted)(
  '%s: the canonical form reads as the same target and holds nothing that Nuclei splits or expands',
  (_, canonical, rest) => {
    expect(parseTarget(canonical)).toEqual({ ok: true, target: { canonical, ...rest } })
    expect(canonical).toMatch(/^[!-~]+$/)
    expect(canonical).not.toMatch(/^-|[,@\\#]|\{\{/)
  },
)

test('targets are cut into shards by host, whatever scheme, port and path', () => {
  const keys = ['https://App.example.com/a', 'app.example.com:8443', 'app.example.com'].map((text) => {
    const parsed = parseTarget(text)
    return parsed.ok ? targetHostKey(parsed.target) : null
  })
  expect(keys).toEqual(['app.example.com', 'app.example.com', 'app.example.com'])
})

function url(scheme: 'http' | 'https', host: string, port: number, address: 4 | 6 | null = null) {
  return { kind: 'url' as const, scheme, host, address, port }
}

function bare(host: string, port: number | null, address: 4 | 6 | null = null) {
  return { kind: port === null ? ('host' as const) : ('endpoint' as const), scheme: null, host, address, port }
}
