import { atLeast, formatId, isTerminal, mostFindingEvents, severities } from '@assayer/schema'
import type { Severity } from '@assayer/schema'
import { getFinding, getScan, getWebhookEndpoint, twice } from '@assayer/schema/store'
import type { ClaimedDelivery, ScanRow, Sql } from '@assayer/schema/store'
import { renderFinding, renderScan } from '@assayer/schema/render'

/** Standard Webhooks asks for less than 20 kB. */
const mostBytes = 20_000

/**
 * What a delivery says: `{ type, timestamp, sequence, data }` in JSON. `data` is `{ scan }`, `{ scanId, finding }` or
 * `{ endpoint }` as the API shows them; over 20 kB, or when it was deleted meanwhile, what is kept of it, with its `url`.
 */
export async function bodyOf(sql: Sql, delivery: ClaimedDelivery, publicUrl: string): Promise<string> {
  const message = (data: unknown) =>
    JSON.stringify({
      type: delivery.type,
      timestamp: delivery.eventAt.toISOString(),
      sequence: Number(delivery.sequence),
      data,
    })
  const { whole, cut } = await dataOf(sql, delivery, publicUrl)
  const body = whole === null ? null : message(whole)
  return body !== null && Buffer.byteLength(body) < mostBytes ? body : message(cut)
}

type Data = { whole: unknown; cut: unknown }

async function dataOf(sql: Sql, delivery: ClaimedDelivery, publicUrl: string): Promise<Data> {
  switch (delivery.type) {
    case 'finding.created':
      return await findingData(sql, delivery, publicUrl)
    case 'endpoint.disabled':
    case 'endpoint.test':
      return await endpointData(sql, delivery)
    case 'scan.started':
    case 'scan.completed':
    case 'scan.partial':
    case 'scan.failed':
    case 'scan.cancelled':
      return await scanData(sql, delivery, publicUrl)
  }
}

async function scanData(sql: Sql, delivery: ClaimedDelivery, publicUrl: string): Promise<Data> {
  const { workspaceId, scanId, event } = delivery
  if (scanId === null) throw new Error('a scan event without a scan')
  const id = formatId('scan', scanId)
  const url = `${publicUrl}/v1/scans/${id}`
  const row = await twice(() => getScan(sql, workspaceId, scanId))
  // As the scan was when it happened.
  const state = event['state']
  if (row === null) return { whole: null, cut: { scan: { id, state, url }, deleted: true } }
  const scan = renderScan(delivery.type === 'scan.started' ? asStarted(row) : row, new Date())
  const truncated = delivery.asksFindings && isTerminal(row.state) && wantedOf(row, delivery) > mostFindingEvents
  const more = truncated ? { truncated } : {}
  return {
    whole: { scan: { ...scan, url }, ...more },
    cut: { scan: { id, state, coverage: scan.coverage, findings: scan.findings, url }, ...more },
  }
}

/** A scan's row as it was when its first shard began. */
const asStarted = (row: ScanRow): ScanRow => ({ ...row, state: 'running', reason: null, finishedAt: null })

/** How many findings of the scan would have an event of their own. */
const wantedOf = ({ findings }: ScanRow, { severityFloor }: ClaimedDelivery): number =>
  severities
    .filter((severity) => atLeast(severity, severityFloor as Severity))
    .reduce((sum, severity) => sum + findings[severity], 0)

async function findingData(sql: Sql, delivery: ClaimedDelivery, publicUrl: string): Promise<Data> {
  const { workspaceId, findingId, scanId } = delivery
  if (findingId === null || scanId === null) throw new Error('a finding event without a finding')
  const id = formatId('finding', findingId)
  const url = `${publicUrl}/v1/findings/${id}`
  const scan = formatId('scan', scanId)
  const row = await twice(() => getFinding(sql, workspaceId, findingId))
  if (row === null) return { whole: null, cut: { scanId: scan, finding: { id, url }, deleted: true } }
  const finding = renderFinding(row)
  const { templateId, name, severity, matchedAt } = finding
  return {
    whole: { scanId: scan, finding: { ...finding, url } },
    cut: {
      scanId: scan,
      finding: {
        id,
        templateId,
        name: name.slice(0, 500),
        severity,
        matchedAt: matchedAt?.slice(0, 2000) ?? null,
        url,
      },
    },
  }
}

async function endpointData(sql: Sql, { workspaceId, event }: ClaimedDelivery): Promise<Data> {
  const uuid = String(event['endpointId'])
  const row = await twice(() => getWebhookEndpoint(sql, workspaceId, uuid))
  // A trigger's answer is an endpoint that only its trigger shows.
  const { triggerId } = event
  const of = typeof triggerId === 'string' ? { triggerId: formatId('trigger', triggerId) } : {}
  const about = { url: row?.url ?? null, enabled: row?.enabled ?? false, ...of }
  const endpoint = { id: formatId('webhook-endpoint', uuid), ...about }
  const reason = event['reason'] ?? null
  return { whole: { endpoint: { ...endpoint, disabledReason: reason } }, cut: { endpoint } }
}
