import { createRequire } from 'node:module'
import AjvDraft4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { parse as parseCsv } from 'csv-parse/sync'
import { lexer, parse as renderMarkdown } from 'marked'
import { defaultTreeAdapter as tree, parse as parseHtml } from 'parse5'
import type { DefaultTreeAdapterTypes as Dom } from 'parse5'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visible } from '@assayer/schema/export'
import { exported, found, hostile, seedScan } from './export-data.ts'
import type { Ended } from './export-data.ts'
import { testApi } from './helpers.ts'
import type { TestApi } from './helpers.ts'
import { finding } from './scan-data.ts'

let api: TestApi
const scans = {} as Record<Ended, string>
beforeAll(async () => {
  api = await testApi()
  for (const ended of ['completed', 'partial', 'failed', 'running'] as const) scans[ended] = await seedScan(api, ended)
})
afterAll(() => api.close())

const textOf = async (format: string, state: Ended = 'completed', more = '&evidence=true') =>
  (await exported(api, scans[state], `format=${format}&allowPartial=true${more}`)).text

test("jsonl is Nuclei's event a line, without the path of a template", async () => {
  const lines = (await textOf('jsonl')).trimEnd().split('\n')
  expect(lines).toHaveLength(found.length)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    template: 'http/hostile.yaml',
    'template-id': 'hostile',
    info: {
      ...{ name: hostile.name, author: ['one'], tags: ['a', 'b'], description: hostile.text, severity: 'critical' },
      ...{ reference: found[0]?.detail['references'], metadata: { 'max-request': 1 }, remediation: '+1' },
      classification: found[0]?.detail['classification'],
    },
    ...{ 'matcher-name': '-->', type: 'http', host: 'h0.example.com', port: '443', scheme: 'https' },
    ...{ 'matched-at': hostile.place, 'extracted-results': found[0]?.extractedResults, request: found[0]?.request },
    ...{ response: found[0]?.response, ip: '192.0.2.1', timestamp: '2026-01-02T03:04:05.678Z' },
    ...{ 'curl-command': "curl 'https://h0.example.com/'", 'matcher-status': true },
  })
})

test('rows that no ended attempt saw are marked in every format', async () => {
  const lines = (await textOf('jsonl', 'running')).trimEnd().split('\n')
  expect(lines.every((line) => (JSON.parse(line) as Record<string, unknown>)['assayer-confirmed'] === false)).toBe(true)
  const rows = parseCsv<Record<string, string>>(await textOf('csv', 'running'), { columns: true, bom: true })
  expect(rows.every(({ confirmed }) => confirmed === 'false')).toBe(true)
  for (const format of ['html', 'markdown', 'sarif']) expect(await textOf(format, 'running')).toContain('unconfirmed')
})

test('csv is one row a finding for a reader of RFC 4180, whatever is in a cell', async () => {
  const text = await textOf('csv')
  expect(text.startsWith('\ufeff"severity","confirmed",')).toBe(true)
  const rows = parseCsv<Record<string, string>>(text, { columns: true, bom: true, record_delimiter: '\r\n' })
  expect(rows).toHaveLength(found.length)
  expect(rows[0]).toMatchObject({
    ...{
      severity: 'critical',
      confirmed: 'true',
      name: hostile.name,
      port: '443',
      cveIds: 'cve-2021-1',
      cvssScore: '9.8',
    },
    ...{
      matcherName: "'-->",
      description: `'${visible(hostile.text)}`,
      remediation: "'+1",
      response: found[0]?.response?.replaceAll('\r', ''),
    },
    extractedResults: `'${visible(found[0]?.extractedResults.join('\n') ?? '')}`,
  })
})

test.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', ' =1', '\uff1d1', '\uff20a', '\u200b=1'])(
  'a cell that begins with %j is no formula',
  async (name) => {
    const id = await seedScan(api, 'completed', [finding(1, { name, extractedResults: [name] })])
    const [row] = parseCsv<Record<string, string>>((await exported(api, id, 'format=csv')).text, {
      columns: true,
      bom: true,
    })
    expect([row?.['name'], row?.['extractedResults']]).toEqual([`'${visible(name)}`, `'${visible(name)}`])
  },
)

test('a cell is no longer than a spreadsheet takes', async () => {
  const id = await seedScan(api, 'completed', [finding(1, { detail: { description: 'x'.repeat(60_000) } })])
  const [row] = parseCsv<Record<string, string>>((await exported(api, id, 'format=csv')).text, {
    columns: true,
    bom: true,
  })
  expect(row?.['description']).toHaveLength(32_767)
  expect(row?.['description']?.endsWith(' [cut]')).toBe(true)
})

const require = createRequire(import.meta.url)
const sarifSchema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object
type Sarif = {
  runs: {
    tool: { driver: { rules: { id: string; properties: { tags: string[]; 'security-severity': string } }[] } }
    results: {
      ruleId: string
      ruleIndex: number
      message: { text: string }
      partialFingerprints: Record<string, string>
      locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
      webRequest: Record<string, unknown>
      webResponse?: Record<string, unknown>
    }[]
    invocations: {
      executionSuccessful: boolean
      toolExecutionNotifications: { descriptor: { id: string }; message: { text: string } }[]
    }[]
  }[]
}

test.each(['completed', 'partial', 'failed', 'running'] as const)(
  'sarif of a %s scan is valid by the published schema',
  async (state) => {
    const validate = addFormats
      .default(new AjvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false }))
      .compile(sarifSchema)
    for (const more of ['', '&evidence=true']) {
      const sarif = JSON.parse(await textOf('sarif', state, more)) as Sarif
      validate(sarif)
      expect(validate.errors).toBeNull()
      const [run] = sarif.runs
      const [invocation] = run?.invocations ?? []
      expect(invocation?.executionSuccessful).toBe(state === 'completed')
      const notCovered = invocation?.toolExecutionNotifications.filter(
        ({ descriptor }) => descriptor.id === 'target-not-covered',
      )
      expect(notCovered).toHaveLength({ completed: 0, partial: 1, failed: 2, running: 2 }[state])
      if (state === 'partial')
        expect(notCovered?.[0]?.message.text).toBe('h1.example.com was not covered: unreachable (no-answer)')
      expect(run?.results).toHaveLength(state === 'failed' ? 0 : found.length)
    }
  },
)

test('sarif says what code scanning reads', async () => {
  const [run] = (JSON.parse(await textOf('sarif')) as Sarif).runs
  const [first, second, third] = run?.results ?? []
  expect(first).toMatchObject({
    ...{ ruleId: 'hostile', ruleIndex: 0, level: 'error' },
    partialFingerprints: {
      primaryLocationLineHash: `${found[0]?.fingerprint}:1`,
      'assayerFingerprint/v1': found[0]?.fingerprint,
    },
    webRequest: { target: hostile.place, method: 'GET', version: '1.1', headers: { Host: 'h0' } },
    webResponse: { statusCode: 200, reasonPhrase: 'OK', headers: { Server: 'x' } },
  })
  expect(first?.message.text).toContain(hostile.place)
  expect(first?.message.text).toContain('\\[a\\](javascript')
  const uris = (run?.results ?? []).flatMap(({ locations }) =>
    locations.map((one) => one.physicalLocation.artifactLocation.uri),
  )
  expect(uris.every((uri) => !/^[a-z]+:|^\/|\.\.|[<>"|`\\ ]/.test(uri))).toBe(true)
  expect(uris.slice(0, 3)).toEqual(['h0.example.com/a%7Cb%60c', 'h0.example.com/2', 'h0.example.com_8443'])
  expect([second?.ruleId, third?.ruleId, second?.ruleIndex, third?.ruleIndex]).toEqual(['t-high', 't-high', 1, 1])
  const rules = run?.tool.driver.rules ?? []
  expect(rules.map(({ id }) => id)).toEqual(['hostile', 't-high', 't-medium', 't-low', 't-info', 't-unknown'])
  expect(rules.map(({ properties }) => properties['security-severity'])).toEqual([
    '9.8',
    '8.0',
    '5.5',
    '2.0',
    '0.0',
    '0.0',
  ])
  expect(rules[0]?.properties.tags).toEqual(['security', 'external/cwe/cwe-79', 'a', 'b'])
})

const allowed = new Set(
  'html head body meta title style main header section footer article p h1 h2 h3 h4 span div code pre a ul li dl dt dd table thead tbody tr th td details summary svg text rect'.split(
    ' ',
  ),
)

function* elements(node: Dom.Node): Generator<Dom.Element> {
  if (tree.isElementNode(node)) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}
const contentOf = (node: Dom.Node): string =>
  tree.isTextNode(node) ? node.value : 'childNodes' in node ? node.childNodes.map(contentOf).join('') : ''

test.each(['', '&evidence=true'])(
  'html has no element or attribute but its own, and hostile text is text (%s)',
  async (more) => {
    const document = parseHtml(await textOf('html', 'partial', more))
    const all = [...elements(document)]
    expect(all.filter(({ tagName }) => !allowed.has(tagName)).map(({ tagName }) => tagName)).toEqual([])
    const attributes = all.flatMap(({ attrs }) => attrs.map(({ name }) => name))
    expect(attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([])
    const links = all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'href').map(({ value }) => value))
    expect(links.filter((link) => !link.startsWith('#'))).toEqual(['https://example.com/advisory'])
    const titles = all.filter(({ tagName }) => tagName === 'h3').map(contentOf)
    expect(titles[0]).toBe(hostile.name)
    const content = contentOf(document)
    expect(content).toContain(hostile.place)
    expect(content).toContain('javascript:alert(1)')
    if (more !== '') expect(content).toContain('</pre><script>alert(1)</script>')
    expect(/[\u202a-\u202e\u2066-\u2069\u200b]/.test(content)).toBe(false)
    expect(content).toContain('\u27e8U+202E\u27e9gnp.exe')
    const anchors = new Set(
      all.flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'id').map(({ value }) => `#${value}`)),
    )
    expect(links.filter((link) => link.startsWith('#')).every((link) => anchors.has(link))).toBe(true)
  },
)

test('html holds to a strict policy, as header and by itself', async () => {
  const { headers, text } = await exported(api, scans.completed, 'format=html')
  const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#39;', "'")
  expect(own).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/)
  expect(headers.get('Content-Security-Policy')).toBe(`${own}; frame-ancestors 'none'; sandbox`)
  const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(own).toContain(`'sha256-${Buffer.from(digest).toString('base64')}'`)
})

test.each(['', '&evidence=true'])('markdown shows hostile text and renders none of it (%s)', async (more) => {
  const text = await textOf('markdown', 'partial', more)
  const rendered = renderMarkdown(text, { gfm: true, async: false })
  const all = [...elements(parseHtml(rendered))]
  const tags = new Set(all.map(({ tagName }) => tagName))
  for (const tag of ['script', 'img', 'svg', 'a', 'b', 'input']) expect(tags.has(tag)).toBe(false)
  expect(all.filter(({ tagName }) => /^h\d$/.test(tagName)).map(contentOf)).toEqual([
    'Scan partial (targets-unreachable: 1 of 2 targets did not answer): 7 findings',
    'Findings',
    'Not covered',
  ])
  const content = contentOf(parseHtml(rendered)).replaceAll('\u2060', '')
  expect(content).toContain(hostile.name)
  expect(content).toContain('q=<script>alert(1)</script>')
  expect(text).not.toMatch(/@team|#1\b/)
  expect(lexer(text).filter(({ type }) => type === 'table')).toHaveLength(2)
})
