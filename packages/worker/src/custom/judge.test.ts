import { expect, test } from 'vitest'
import { judgeTemplate } from './judge.ts'

const head = 'id: ours\ninfo: { name: Ours, author: us, severity: low, tags: "one,two" }\n'
const http = (more: string) => `${head}http:\n  - path: ["{{BaseURL}}/"]\n${more}`
const withDsl = (expression: string) =>
  http(`    matchers:\n      - type: dsl\n        dsl: [${JSON.stringify(expression)}]\n`)
const withVariables = (variables: object, text: string) =>
  `${head}variables: ${JSON.stringify(variables)}\nhttp:\n  - path: [${JSON.stringify(`{{BaseURL}}/${text}`)}]\n`

test('what a plain template says is read, and it is run as JSON', () => {
  const judged = judgeTemplate(`# ours\n${http('    matchers: [{ type: status, status: [200] }]\n')}`)
  expect(judged).toMatchObject({
    ok: true,
    read: {
      template: { id: 'ours', name: 'Ours', severity: 'low', protocol: 'http', tags: ['one', 'two'], requests: 1 },
    },
  })
  expect(judged.ok && JSON.parse(judged.runnable)).toMatchObject({ http: [{ matchers: [{ status: [200] }] }] })
})

test.each([
  ['http', 'path: ["{{BaseURL}}/a", "https://{{Hostname}}/b"]\n    headers: { A: "{{md5(to_lower(Host))}}" }'],
  ['http', 'raw: ["POST / HTTP/1.1\\nHost: {{Hostname}}\\n\\n{\\"a\\":{\\"b\\":{{rand_int(1000,9999)}}}}"]'],
  ['tcp', 'host: ["{{Hostname}}", "tls://{{Host}}:6380"]\n    inputs: [{ data: "50494e47", type: hex, read: 1024 }]'],
  ['dns', 'name: "_dmarc.{{FQDN}}"\n    type: TXT'],
  ['ssl', 'address: "{{Host}}:{{Port}}"\n    min_version: tls10'],
])('a %s template of the common kind is permitted', (protocol, request) => {
  expect(judgeTemplate(`${head}${protocol}:\n  - ${request}\n`)).toMatchObject({ ok: true })
})

test.each([
  ['code', `${head}code:\n  - engine: [sh]\n    source: id\n`],
  ['javascript', `${head}javascript:\n  - code: "1"\n`],
  ['file', `${head}file:\n  - extensions: [all]\n`],
  ['headless', `${head}headless:\n  - steps: []\n`],
  ['flow', http('').replace('http:', 'flow: http(1)\nhttp:')],
  ['workflows', `${head}workflows:\n  - template: a.yaml\n`],
  ['self-contained', http('').replace('http:', 'self-contained: true\nhttp:')],
  ['whois', `${head}whois:\n  - query: x\n`],
  ['websocket', `${head}websocket:\n  - address: "{{BaseURL}}"\n`],
  ['a payload file', http('    payloads: { word: helpers/words.txt }\n')],
  ['a payload of several lines, which a reader could take for a file', http('    payloads: { word: "a\\nb" }\n')],
  ['self-contained of a request', http('    self-contained: true\n')],
  ['a signature of the cloud', http('    signature: AWS\n')],
  ['fuzzing', http('    fuzzing: [{ part: query }]\n')],
  ['global matchers', http('    global-matchers: true\n')],
  ['resolvers of its own', `${head}dns:\n  - name: "{{FQDN}}"\n    resolvers: ["8.8.8.8"]\n`],
  ['a trace from the root', `${head}dns:\n  - name: "{{FQDN}}"\n    trace: true\n`],
  ['a foreign name', `${head}dns:\n  - name: "{{FQDN}}.evil.example"\n`],
  ['a foreign host over http', `${head}http:\n  - path: ["http://evil.example/{{Hostname}}"]\n`],
  ['a foreign host over tcp', `${head}tcp:\n  - host: ["evil.example:80"]\n`],
  ['a foreign host over ssl', `${head}ssl:\n  - address: "evil.example:443"\n`],
  ['the scan mode openssl', `${head}ssl:\n  - address: "{{Host}}:{{Port}}"\n    scan_mode: openssl\n`],
  ['interactsh', `${head}http:\n  - path: ["{{BaseURL}}/?u={{interactsh-url}}"]\n`],
  ['an include', `# !include:/etc/passwd.yaml\n${http('')}`],
  ['a merge key', http('    <<: { fuzzing: [] }\n')],
  ['a merge key in quotes', `${head}variables: { "<<": a }\n${http('').slice(head.length)}`],
  ['two protocols', `${http('')}dns:\n  - name: "{{FQDN}}"\n`],
  ['an unknown key', http('    whatever: 1\n')],
  ['an unknown key of a matcher', http('    matchers: [{ type: word, words: [a], to: /tmp/x }]\n')],
  ['an unknown key of an extractor', http('    extractors: [{ type: regex, regex: [a], save-to: /tmp/x }]\n')],
  [
    'over 10,000 requests',
    http(`    attack: clusterbomb\n    payloads: { a: [${'1,'.repeat(120)}], b: [${'1,'.repeat(120)}] }\n`),
  ],
  ['answers without end', http('    max-size: 99999999999\n')],
])('%s is not permitted', (_, source) => {
  expect(judgeTemplate(source)).toMatchObject({ ok: false, code: 'template-not-permitted' })
})

test.each([
  'jarm(Host)',
  'public_ip()',
  'resolve(Host)',
  "llm_prompt('a')",
  'wait_for(60)',
  "repeat('a', 9999999999)",
  'print_debug(Host)',
  'JARM (Host)',
  'gzip_decode(body)',
])('the function in %s is not permitted in a request, a matcher or inside a text', (call) => {
  for (const source of [
    withVariables({}, `{{${call}}}`),
    withVariables({ a: `{{${call}}}` }, ''),
    withDsl(call),
    withDsl(`contains(body, "{{${call}}}")`),
  ])
    expect(judgeTemplate(source)).toMatchObject({ ok: false, code: 'template-not-permitted' })
})

test.each<[string, object, string]>([
  ['decoded', { a: "{{base64_decode('e3tqYXJtKCdhJyl9fQ==')}}" }, '{{a}}'],
  ['joined from braces', { o: '{', e: '' }, "{{o}}{{o}}ja{{e}}rm('a')}}"],
  ['joined by concat', {}, "{{concat('{','{ja','rm(1)}','}')}}"],
  ['marked otherwise', { e: '' }, "{\u00a7e\u00a7{jarm('a')}}"],
  ['inside another', {}, "{{{{a}}jarm('a')}}"],
  ['not ended', {}, "{{jarm('a')"],
  ['hidden in brackets', {}, "{{[']}}' + jarm('a') + ']}}"],
])('an expression %s is not permitted', (_, variables, text) => {
  expect(judgeTemplate(withVariables(variables, text))).toMatchObject({ ok: false, code: 'template-not-permitted' })
})

test.each([
  [
    'variables that double each other',
    Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`v${n}`, n === 0 ? 'xx' : `{{v${n - 1}}}{{v${n - 1}}}`])),
    '{{v39}}',
  ],
  [
    'variables that double those after them',
    Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`v${n}`, n === 39 ? 'xx' : `{{v${n + 1}}}{{v${n + 1}}}`])),
    '{{v0}}',
  ],
  ['a variable that holds itself', { a: '{{a}}{{a}}' }, '{{a}}'],
  ['a long random text', { a: '{{rand_text_alpha(999999999)}}' }, '{{a}}'],
])('%s: a text that grows without bound is not permitted', (_, variables, text) => {
  expect(judgeTemplate(withVariables(variables, text))).toMatchObject({ ok: false, code: 'template-not-permitted' })
})

test.each([
  ['no YAML', 'id: [unclosed'],
  ['nothing', ''],
  ['a text', 'hello'],
  ['no request', head],
  ['no info', 'id: a\nhttp:\n  - path: ["{{BaseURL}}"]\n'],
  ['an id that could be an option', http('').replace('id: ours', 'id: -ours')],
  ['an alias', `a: &a [1]\n${http('').replace('low', '*a')}`],
  ['a tag', http('    body: !!binary aGk=\n')],
  ['a doubled key', http('    method: GET\n    method: POST\n')],
  ['two documents', `${http('')}---\n${http('')}`],
  ['65 KiB', http(`    body: "${'x'.repeat(66_000)}"\n`)],
  ['deep brackets', http(`    body: ${'['.repeat(5000)}\n`)],
  ['deep marks', http(`    body:\n      ${'- '.repeat(5000)}a\n`)],
])('%s is no template', (_, source) => {
  expect(judgeTemplate(source)).toMatchObject({ ok: false, code: expect.stringMatching(/^template-/) })
})

test('a judgement of an answer may decode and compare', () => {
  expect(judgeTemplate(withDsl("status_code == 200 && contains(base64_decode(body), 'admin()')"))).toMatchObject({
    ok: true,
  })
})
