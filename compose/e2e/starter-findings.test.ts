import { afterEach, expect, test } from 'vitest'
import { startWeakSite, type WeakSite } from '../local/weak-site/start-weak-site.ts'
import { identityOf, scanWithStarterSet, type StarterFinding } from './run-starter-set.ts'

const started: WeakSite[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((site) => site.stop()))
})
const weak = async (): Promise<WeakSite> => {
  const site = await startWeakSite()
  started.push(site)
  return site
}
const idsOf = (findings: StarterFinding[]) => [...new Set(findings.map((one) => one['template-id']))].toSorted()

test('the HTTP port of the weak site yields every http template, in five severities, the same ones in two runs', async () => {
  const { httpPort } = await weak()
  const target = [`http://127.0.0.1:${httpPort}`]
  const first = await scanWithStarterSet(target, 'http')
  const second = await scanWithStarterSet(target, 'http')
  expect(idsOf(first)).toHaveLength(20)
  expect(new Set(first.map((one) => one.info.severity)).size).toBe(5)
  expect(new Set(second.map(identityOf))).toEqual(new Set(first.map(identityOf)))
})

test('tcp and ssl templates given an http address find nothing and cost no finding of the others', async () => {
  const { httpPort } = await weak()
  const target = [`http://127.0.0.1:${httpPort}`]
  const alone = await scanWithStarterSet(target, 'http')
  const together = await scanWithStarterSet(target, 'http,ssl,tcp')
  expect(new Set(together.map(identityOf))).toEqual(new Set(alone.map(identityOf)))
})

test('the TCP and TLS ports of the weak site yield theirs', async () => {
  const { tcpPort, tlsPort } = await weak()
  expect(idsOf(await scanWithStarterSet([`127.0.0.1:${tcpPort}`], 'tcp'))).toEqual(['assayer-ftp-anonymous'])
  const tls = await scanWithStarterSet([`127.0.0.1:${tlsPort}`], 'ssl')
  expect(tls.map((one) => `${one['template-id']} ${one['matcher-name']}`).toSorted()).toEqual([
    'assayer-certificate-expired ',
    'assayer-certificate-untrusted self-signed',
    'assayer-certificate-untrusted wrong-name',
  ])
})
