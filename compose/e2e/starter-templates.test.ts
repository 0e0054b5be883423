import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { runNuclei, starterFolder } from './run-starter-set.ts'

const severities = ['info', 'low', 'medium', 'high', 'critical']
const protocols = ['http', 'dns', 'ssl', 'tcp']
const refused = ['code', 'javascript', 'file', 'headless', 'flow', 'workflows', 'self-contained', 'websocket', 'whois']
const excludedTags = ['dos', 'fuzz', 'bruteforce', 'local', 'intrusive']

const readTemplates = async () => {
  const names = (await readdir(starterFolder, { recursive: true })).filter((name) => name.endsWith('.yaml'))
  return Promise.all(
    names.toSorted().map(async (name) => {
      const text = await readFile(join(starterFolder, name), 'utf8')
      return { name, text, id: fieldOf(text, 'id'), tags: fieldOf(text, '  tags').split(',') }
    }),
  )
}
const fieldOf = (text: string, key: string) => new RegExp(`^${key}: *(.*)$`, 'm').exec(text)?.[1] ?? ''
const topLevelKeys = (text: string) => [...text.matchAll(/^([a-z-]+):/gm)].map(([, key]) => key ?? '')

const templates = await readTemplates()

test('the real Nuclei finds every starter template valid', async () => {
  const { stdout, stderr } = await runNuclei(['-validate'])
  expect(stdout + stderr).toContain('All templates validated successfully')
  expect(stdout + stderr).not.toMatch(/\[(?:ERR|FTL)\] (?!Could not read nuclei-ignore)/)
})

test('the real Nuclei would load every starter template', async () => {
  const { stdout } = await runNuclei(['-tl'])
  const listed = stdout.split('\n').filter((line) => line.endsWith('.yaml'))
  expect(listed.toSorted()).toEqual(templates.map(({ name }) => name))
})

test('the declared requests are those that Nuclei counts for one target', async () => {
  const site = await startWeakSite()
  const stats = ['-disable-clustering', '-stats', '-stats-json', '-metrics-port', '0']
  const { stderr } = await runNuclei(stats, [`http://127.0.0.1:${site.httpPort}`])
  await site.stop()
  const declared = templates.map(({ text }) => Number(fieldOf(text, '    max-request')))
  const counted = [...stderr.matchAll(/"total":"(\d+)"/g)].at(-1)?.[1]
  expect(counted).toBe(String(declared.reduce((sum, one) => sum + one, 0)))
})

test('the set has a useful size and every id stands once', () => {
  expect(templates.length).toBeGreaterThanOrEqual(20)
  expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length)
})

test('all five severities and the protocols http, tcp and ssl occur', () => {
  const found = new Set(templates.map(({ text }) => fieldOf(text, '  severity')))
  expect([...found].toSorted()).toEqual(severities.toSorted())
  const keys = new Set(templates.flatMap(({ text }) => topLevelKeys(text)))
  expect([...keys].toSorted()).toEqual(['http', 'id', 'info', 'ssl', 'tcp'])
})

test.each(templates)('$name says who it is, how bad it is, and what to do', ({ name, text, id, tags }) => {
  expect(id).toBe(`assayer-${basename(name, '.yaml')}`)
  expect(severities).toContain(fieldOf(text, '  severity'))
  expect(Number(fieldOf(text, '    max-request'))).toBeGreaterThan(0)
  expect(text).toMatch(/^ {4}cwe-id: CWE-\d+(?:,CWE-\d+)*$/m)
  expect(text).toMatch(/^ {2}description: \|\n {4}\S/m)
  expect(text).toMatch(/^ {2}remediation: \|\n {4}\S/m)
  expect(text).toMatch(/^ {2}reference:\n {4}- https:\/\//m)
  for (const tag of tags) {
    expect(tag).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(excludedTags).not.toContain(tag)
  }
})

test.each(templates)('$name keeps to one permitted protocol and to its target', ({ name, text }) => {
  const keys = topLevelKeys(text)
  const [protocol = ''] = name.split('/')
  expect(keys).toEqual(['id', 'info', protocol])
  expect(protocols).toContain(protocol)
  expect(refused.filter((key) => new RegExp(`^ *(?:- )?${key}:`, 'm').test(text))).toEqual([])
  const requests = text.slice(text.indexOf(`\n${protocol}:\n`))
  expect(requests).not.toMatch(/interactsh|^ *redirects: true|^ *(?:max-)?payloads: *\S/m)
  const hosts = [...requests.matchAll(/(?:https?:\/\/|@)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g)].map(([, host]) => host)
  expect(hosts.filter((host) => host !== 'assayer-probe.invalid')).toEqual([])
})
