import { formatId } from '@assayer/schema'
import { finishShard, recordFindings, settleScan } from '@assayer/schema/store'
import type { NewFinding } from '@assayer/schema/store'
import { endOf, orderScan } from '../../schema/test/testing.ts'
import type { TestApi, TestKey } from './helpers.ts'
import { nonconformity } from './conform.ts'
import { claim, finding } from './scan-data.ts'

/** What a template and a target may say to hurt who reads it. */
export const hostile = {
  name: `</script><img src=x onerror=alert(1)> "quoted" 'too' & <b>bold</b> | [a](javascript:alert(1)) @team #1`,
  text: '=HYPERLINK("http://evil.example","x")\u202Egnp.exe\u2066 \u200bzero <svg/onload=alert(1)> ``` \n# Heading\n- item',
  place: 'https://h0.example.com/a|b`c?q=<script>alert(1)</script>&r="\'',
}

export const found: NewFinding[] = [
  finding(1, {
    ...{ templateId: 'hostile', name: hostile.name, severity: 'critical', matchedAt: hostile.place },
    ...{ matcherName: '-->', extractedResults: [hostile.text, '@SUM(1)', '\t=1'] },
    detail: {
      ...{
        description: hostile.text,
        remediation: '+1',
        tags: ['a', 'b'],
        curlCommand: "curl 'https://h0.example.com/'",
      },
      references: ['https://example.com/advisory', 'javascript:alert(1)', 'https://user:pass@example.com/'],
      classification: {
        'cve-id': ['cve-2021-1'],
        'cwe-id': ['cwe-79'],
        'cvss-score': 9.8,
        'cvss-metrics': 'CVSS:3.1/AV:N',
      },
      nuclei: {
        template: 'http/hostile.yaml',
        authors: ['one'],
        metadata: { 'max-request': 1 },
        scheme: 'https',
        meta: {},
      },
    },
    ...{ at: '2026-01-02T03:04:05.678Z', request: 'GET /a HTTP/1.1\r\nHost: h0\r\n\r\n' },
    response: 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n</pre><script>alert(1)</script>',
  }),
  ...(['high', 'medium', 'low', 'info', 'unknown'] as const).map((severity, n) =>
    finding(n + 2, { templateId: `t-${severity}`, name: `One ${severity}`, severity }),
  ),
  finding(8, {
    templateId: 't-high',
    name: 'One high',
    severity: 'high',
    matchedAt: 'h0.example.com:8443',
    port: 8443,
  }),
]

export type Ended = 'completed' | 'partial' | 'failed' | 'running'

/** A scan of two targets with `found` in it (none in a failed one), which ended so. */
export async function seedScan({ db }: TestApi, ended: Ended, batch: NewFinding[] = found): Promise<string> {
  const { sql, workspaceId } = db
  const scanId = await orderScan(sql, workspaceId, 2, { labels: { team: 'web' } })
  for (let n = 0; n < 2; n++) {
    const shard = await claim(db)
    const [{ ordinal } = { ordinal: 0 }] = await sql<{ ordinal: number }[]>`
      select ordinal from shards where id = ${shard.shardId}`
    if (ordinal === 0 && ended !== 'failed') {
      const batchOfOwn = batch.map((one) => ({ ...one, id: finding(0).id }))
      await recordFindings(sql, shard, batchOfOwn)
    }
    if (ended === 'running') continue
    const covered = ended === 'completed' || (ended === 'partial' && ordinal === 0)
    const coverage = covered ? ('covered' as const) : ('unreachable' as const)
    const reason = covered ? null : 'no-answer'
    await finishShard(sql, shard, endOf([], { targets: [{ ordinal, coverage, reason, evidence: {} }] }))
  }
  const state = await settleScan(sql, workspaceId, scanId)
  if (state !== ended) throw new Error(`the scan is ${state}`)
  return formatId('scan', scanId)
}

export type Exported = { status: number; headers: Headers; text: string }

/** An export as a client reads it. */
export async function exported(
  { app, key }: TestApi,
  scanId: string,
  query: string,
  sent: { key?: TestKey; headers?: Record<string, string>; method?: string } = {},
): Promise<Exported> {
  const headers = { Authorization: `Bearer ${(sent.key ?? key).text}`, ...sent.headers }
  const method = sent.method ?? 'GET'
  const path = `/v1/scans/${scanId}/export?${query}`
  const response = await app.request(path, { method, headers })
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  const wrong = nonconformity(method, path, response.status, response.headers, text)
  if (wrong.length > 0) throw new Error(`the answer is not as the document says: ${wrong.join('; ')}`)
  return { status: response.status, headers: response.headers, text }
}
