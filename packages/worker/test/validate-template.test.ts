import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { validateTemplate } from '../src/custom/validate.ts'

let scanDir: string
const binary = process.env['NUCLEI_PATH'] ?? ''
beforeAll(async () => {
  scanDir = await mkdtemp(join(tmpdir(), 'assayer-validate-'))
})
afterAll(async () => {
  expect(await readdir(scanDir)).toEqual([])
  await rm(scanDir, { recursive: true, force: true })
})

const check = () => ({ binary, scanDir, signal: new AbortController().signal })
const template = (request: string) =>
  `id: ours\ninfo: { name: Ours, author: us, severity: low }\nhttp:\n  - path: ["{{BaseURL}}/"]\n${request}`

test('the real Nuclei takes a good template', async () => {
  const judged = await validateTemplate(template('    matchers: [{ type: word, words: [Sign in] }]\n'), check())
  expect(judged).toMatchObject({ ok: true, read: { template: { id: 'ours', protocol: 'http' } } })
})

test.each([
  ['a matcher of no known type', '    matchers: [{ type: words, words: [a] }]\n', /matcher/i],
  ['a regex that does not compile', '    matchers: [{ type: regex, regex: ["("] }]\n', /regex|parenthes/i],
  [
    'an expression that does not compile',
    '    matchers: [{ type: dsl, dsl: ["len(body) >"] }]\n',
    /dsl|expression|compile|unexpected/i,
  ],
  ['a method that is none', '    method: FETCH\n', /method/i],
  ['a number where a list belongs', '    matchers: [{ type: word, words: { a: 1 } }]\n', /./],
])('%s is invalid, in words of Nuclei and without a path of the worker', async (_, request, words) => {
  const judged = await validateTemplate(template(request), check())
  expect(judged).toMatchObject({ ok: false, code: 'template-invalid', message: expect.stringMatching(words) })
  expect(JSON.stringify(judged)).not.toContain(scanDir)
  expect(JSON.stringify(judged)).not.toMatch(/\\u001b|\/tmp/)
})

test('a template without author is what Nuclei refuses too', async () => {
  const judged = await validateTemplate(template('').replace('author: us, ', ''), check())
  expect(judged).toMatchObject({ ok: false, code: 'template-invalid', message: expect.stringContaining('author') })
})

test('what is not permitted is refused before Nuclei sees it', async () => {
  const judged = await validateTemplate(template('    self-contained: true\n'), { ...check(), binary: '/nothing' })
  expect(judged).toMatchObject({ ok: false, code: 'template-not-permitted' })
})

test('a scanner that cannot be started is no flaw of the template', async () => {
  await expect(validateTemplate(template(''), { ...check(), binary: '/nothing' })).rejects.toThrow(
    'could not be started',
  )
})

test('a text over which a reader broods is refused, and this process goes on meanwhile', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  const judged = await validateTemplate(`a: ${'"'.repeat(12_000)}`, { ...check(), binary: '/nothing' })
  clearInterval(timer)
  expect(judged).toMatchObject({ ok: false, code: 'template-invalid' })
  expect(turns).toBeGreaterThan(5)
})

test('a scanner that ends badly over a template and says nothing refuses it', async () => {
  const judged = await validateTemplate(template(''), { ...check(), binary: '/bin/false' })
  expect(judged).toMatchObject({ ok: false, code: 'template-invalid', message: 'Nuclei cannot load the template' })
})
