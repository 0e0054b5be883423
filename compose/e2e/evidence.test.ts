import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { components } from '../client/openapi.d.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

type FindingWithEvidence = components['schemas']['FindingWithEvidence']

/** Put together here, so that no scanner for secrets takes this file for a leak. */
const join = (...parts: string[]) => parts.join('')
const awsKey = join('AKIA', 'ABCDEFGHIJKLMNOP')
const keyLine = 'MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAq7BFUpkGp3AB'
const masked = ['BasicValue1', 'CookieValue2', 'ApiKeyValue3', 'BodyValue5']
const extracted = 'SetCookieValue4'

const page = `Authorization: Bearer BodyValue5
aws: ${awsKey}
SESSION_COOKIE=${join('-----BEGIN ', 'PRIVATE KEY-----')}
${keyLine}
${join('-----END ', 'PRIVATE KEY-----')}
`
const source = `id: ours-evidence
info: { name: Ours, author: us, severity: low }
http:
  - path: ['{{BaseURL}}/?cookie=one&page=2']
    headers: { Authorization: Basic BasicValue1, Cookie: a=CookieValue2, X-Api-Key: ApiKeyValue3, X-Auth-Token: TokenValue6 }
    matchers: [{ type: status, status: [200] }]
    extractors: [{ type: regex, part: header, regex: ['session=[A-Za-z0-9]+'] }]
`

const site = createServer((_, response) => response.setHeader('set-cookie', `session=${extracted}`).end(page))
let service: TestService
let url: string
let custom: string
beforeAll(async () => {
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  service = await startTestService({ allow: ['127.0.0.1/32'] })
  const made = await service.call('/v1/custom-templates', { method: 'POST', body: { name: 'ours', source } })
  custom = ((await made.json()) as { id: string }).id
})
afterAll(async () => {
  await service.stop()
  site.close()
  site.closeAllConnections()
})

/** The one finding of a scan with this evidence, with its evidence. */
async function findWith(evidence: 'none' | 'redacted' | 'full'): Promise<FindingWithEvidence> {
  const order = { templates: { ids: ['none-installed'], custom: [custom] }, evidence }
  const { scan, findings } = await service.scan([url], order)
  expect(scan).toMatchObject({ state: 'completed', findings: { total: 1 } })
  return (await (await service.call(`/v1/findings/${findings[0]?.id}`)).json()) as FindingWithEvidence
}

test('full is what Nuclei printed: it masks five headers by itself, and nothing else is missing', async () => {
  const finding = await findWith('full')
  const { request, response } = finding.evidence ?? {}
  expect(request).toContain('\r\nAuthorization: ***\r\nCookie: ***\r\n')
  expect(request).toContain('\r\nX-Api-Key: ***\r\n')
  expect(request).toContain('TokenValue6')
  expect(response).toContain('\r\nSet-Cookie: ***\r\n')
  expect(response).toContain(
    page.replace('Bearer BodyValue5', '***').replace(/SESSION_COOKIE=.*/, 'SESSION_COOKIE=***'),
  )
  expect(finding.curlCommand).toContain(`-H 'Authorization: ***'`)
  expect(finding.curlCommand).toContain('TokenValue6')
  expect(finding.matchedAt).toBe(`${url}/?cookie=***&page=2`)
  expect(finding.extractedResults).toEqual([`session=${extracted}`])
  for (const value of masked) expect(JSON.stringify(finding)).not.toContain(value)
})

test.each(['redacted', 'none'] as const)('%s keeps no secret that Nuclei printed or half masked', async (evidence) => {
  const finding = await findWith(evidence)
  expect(finding.curlCommand).toContain(`-H 'X-Auth-Token: [redacted]'`)
  expect(finding.evidence?.response?.includes('[redacted]') ?? false).toBe(evidence === 'redacted')
  for (const value of [...masked, awsKey, keyLine, 'TokenValue6']) expect(JSON.stringify(finding)).not.toContain(value)
})
