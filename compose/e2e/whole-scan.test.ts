import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import type { Finding } from '../client/types.ts'
import { scanWithStarterSet } from './run-starter-set.ts'
import type { StarterFinding } from './run-starter-set.ts'
import { startTestService } from './service.ts'

let site: Awaited<ReturnType<typeof startWeakSite>>
let byHand: string[]
beforeAll(async () => {
  site = await startWeakSite()
  const web = await scanWithStarterSet(
    [`http://127.0.0.1:${site.httpPort}`, `https://127.0.0.1:${site.tlsPort}`],
    'http,ssl,dns,tcp',
  )
  const other = await scanWithStarterSet([`127.0.0.1:${site.tcpPort}`], 'ssl,dns,tcp')
  byHand = [...new Set([...web, ...other].map(identityOfEvent))].toSorted()
})
afterAll(() => site.stop())

const identityOfEvent = (event: StarterFinding): string =>
  JSON.stringify([
    event['template-id'],
    event['matcher-name'],
    event.type,
    event.host,
    event.port,
    event['matched-at'],
    event['extracted-results'].toSorted(),
  ])
const identityOf = (finding: Finding): string =>
  JSON.stringify([
    finding.templateId,
    finding.matcherName ?? '',
    finding.type,
    finding.host ?? '',
    String(finding.port ?? ''),
    finding.matchedAt ?? '',
    finding.extractedResults.toSorted(),
  ])

test.each([true, false])('a scan finds what Nuclei finds by hand (with Redis: %s)', async (redis) => {
  const service = await startTestService({ allow: ['127.0.0.1/32'], redis })
  try {
    const { scan, findings } = await service.scan([
      `http://127.0.0.1:${site.httpPort}`,
      `127.0.0.1:${site.tcpPort}`,
      `127.0.0.1:${site.tlsPort}`,
    ])
    expect(scan).toMatchObject({
      state: 'completed',
      reason: null,
      coverage: { asked: 3, covered: 3 },
      findings: { unconfirmed: 0 },
    })
    expect(findings.every(({ confirmed }) => confirmed)).toBe(true)
    expect(new Set(findings.map(({ severity }) => severity)).size).toBeGreaterThanOrEqual(4)
    expect(findings).toHaveLength(scan.findings.total)
    expect(findings.map(identityOf).toSorted()).toEqual(byHand)
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(byHand.length)
  } finally {
    await service.stop()
  }
})
