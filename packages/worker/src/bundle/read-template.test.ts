import { expect, test } from 'vitest'
import { readTemplate } from './read-template.ts'

const text = (more = 'http:\n  - path: ["{{BaseURL}}"]\n', info = '') =>
  `id: git-config\ninfo:\n  name: Git config\n  severity: Medium\n  tags: git, Exposure , files\n${info}${more}`
const read = (yaml: string) => readTemplate(Buffer.from(yaml))

test('id, name, severity, tags and protocol are read', () => {
  expect(read(text())?.template).toEqual({
    id: 'git-config',
    name: 'Git config',
    severity: 'medium',
    tags: ['git', 'exposure', 'files'],
    protocol: 'http',
    requests: 1,
    signed: false,
  })
})

test.each([
  ['http', 'http'],
  ['requests', 'http'],
  ['network', 'tcp'],
  ['tcp', 'tcp'],
  ['ssl', 'ssl'],
  ['dns', 'dns'],
  ['javascript', 'javascript'],
])('%s is of protocol %s', (key, protocol) => {
  expect(read(text(`${key}:\n  - a: 1\n`))?.template.protocol).toBe(protocol)
})

test.each(['code', 'file', 'headless', 'flow', 'workflows', 'self-contained', 'whois', 'websocket', 'offlinehttp'])(
  'a template with %s is left out, whatever else it has',
  (key) => {
    expect(read(text(`http:\n  - a: 1\n${key}: true\n`))).toBeNull()
  },
)

test.each([
  ['no YAML', 'id: [unclosed'],
  ['nothing', ''],
  ['a text', 'hello'],
  ['no info', 'id: a\nhttp: []\n'],
  ['no protocol', text('')],
  ['an id that could be an option', text().replace('id: git-config', 'id: -config')],
  ['an id that could be a path', text().replace('id: git-config', 'id: ../config')],
  ['an id with a comma', text().replace('id: git-config', 'id: a,b')],
  ['an id that is too long', text().replace('id: git-config', `id: ${'a'.repeat(129)}`)],
  ['a number as id', text().replace('id: git-config', 'id: 12')],
])('%s is no template', (_, yaml) => {
  expect(read(yaml)).toBeNull()
})

test('aliases that multiply without end are no template', () => {
  const lines = ['a: &a [x,x,x,x,x,x,x,x,x,x]']
  for (let n = 0; n < 9; n++) {
    const before = String.fromCodePoint(97 + n)
    const next = String.fromCodePoint(98 + n)
    lines.push(`${next}: &${next} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`)
  }
  expect(read(`${text()}${lines.join('\n')}\n`)).toBeNull()
})

test('bytes that are no UTF-8 end nothing', () => {
  expect(readTemplate(Buffer.from([0xff, 0xfe, 0x00, 0x80]))).toBeNull()
})

test.each([
  ['10', 10],
  ['0', 1],
  ['-5', 1],
  ['many', 1],
  ['2.9', 2],
])('max-request %s counts as %i requests', (said, requests) => {
  expect(read(text(undefined, `  metadata:\n    max-request: ${said}\n`))?.template.requests).toBe(requests)
})

test('a file cannot say what PostgreSQL would not take', () => {
  const huge = read(text(undefined, '  metadata:\n    max-request: 99999999999999\n'))
  expect(huge?.template.requests).toBe(100_000)
  const odd = read(
    text().replace('Git config', '"Git\\0 \\ud800config"').replace('tags: git', 'tags: "g\\0it"\n  x: git'),
  )
  expect(odd?.template).toMatchObject({ name: 'Git \ufffdconfig', tags: ['git'] })
})

test('an unknown severity, one of another type and none at all are unknown', () => {
  expect(read(text().replace('Medium', 'Terrible'))?.template.severity).toBe('unknown')
  expect(read(text().replace('  severity: Medium\n', ''))?.template.severity).toBe('unknown')
})

test('a digest line makes it a signed one, and changes its sum', () => {
  const plain = read(text())
  const signed = read(`${text()}# digest: 4a0a00473045:922c64590222798bb761d5b6d8e72950\n`)
  expect(plain?.template.signed).toBe(false)
  expect(signed?.template.signed).toBe(true)
  expect(signed?.sha256).not.toBe(plain?.sha256)
  expect(read(`${text()}# digest: made up\n`)?.template.signed).toBe(false)
})

test('what search wants is read as it is found: lists or texts, and nothing where it is neither', () => {
  const info = `  author: jo, Ann
  description: |
    It is open.
  reference: [https://a.example, https://b.example]
  classification:
    cve-id: cve-2021-44228,CVE-2021-45046
`
  const yaml = text(undefined, info)
  expect(read(yaml)?.text).toEqual({
    description: 'It is open.',
    authors: ['jo', 'Ann'],
    references: ['https://a.example', 'https://b.example'],
    cveIds: ['CVE-2021-44228', 'CVE-2021-45046'],
    source: yaml,
    sourceBytes: yaml.length,
  })
  const odd = '  author: 7\n  description: [a]\n  reference: { a: 1 }\n  classification: none\n'
  expect(read(text(undefined, odd))?.text).toMatchObject({ description: null, authors: [], references: [], cveIds: [] })
})

test('of a long template the first 64 KiB are kept, cut between characters, and its length', () => {
  const yaml = `${text()}# ${'é'.repeat(40_000)}\n`
  const kept = read(yaml)?.text
  expect(kept?.sourceBytes).toBe(Buffer.byteLength(yaml))
  expect(yaml.startsWith(kept?.source ?? 'nothing')).toBe(true)
  expect(Buffer.byteLength(kept?.source ?? '')).toBeGreaterThan(65_530)
})
