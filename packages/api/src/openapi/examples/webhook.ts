import { createdAt, createdBy, finishedAt, scan } from './ids.ts'
import { findingExamples } from './finding.ts'
import { scanExamples } from './scan.ts'

const endpoint = 'whe_01kb3v2m8kf1q9c3d7r5w0x6zt'
const url = `https://assayer.example.com/v1/scans/${scan}`
const WebhookAttempt = { at: finishedAt, durationMs: 84, status: 204, error: null }
const WebhookEndpoint = {
  id: endpoint,
  kind: 'standard',
  url: 'https://hooks.example.com/assayer',
  events: ['scan.finished', 'finding.created'],
  severityFloor: 'high',
  headers: { 'X-Team': null },
  enabled: true,
  disabledReason: null,
  failingSince: null,
  previousSecretExpiresAt: null,
  createdBy,
  createdAt,
}
const WebhookDelivery = {
  id: 'dlv_01kb3v3q0ze6r9g2k4m8n1p5sa',
  endpointId: endpoint,
  triggerId: null,
  eventId: 'evt_01kb3v3q0ze6r9g2k4m8n1p5sb',
  type: 'scan.partial',
  scanId: scan,
  sequence: 12,
  state: 'delivered',
  replyStatus: 204,
  attempts: [WebhookAttempt],
  nextTryAt: null,
  createdAt: finishedAt,
  endedAt: finishedAt,
}
const OutboundScanEvent = {
  type: 'scan.partial',
  timestamp: finishedAt,
  sequence: 12,
  data: { scan: { ...scanExamples.Scan, url } },
}

export const webhookExamples = {
  WebhookAttempt,
  WebhookEndpoint,
  WebhookEndpointWithSecret: { ...WebhookEndpoint, secret: `whsec_${'A'.repeat(43)}=` },
  WebhookSecret: { id: endpoint, secret: `whsec_${'B'.repeat(43)}=`, createdAt },
  WebhookDelivery,
  WebhookDeliveryWithRequest: {
    ...WebhookDelivery,
    request: {
      method: 'POST',
      url: WebhookEndpoint.url,
      headers: { 'webhook-id': WebhookDelivery.eventId },
      body: JSON.stringify(OutboundScanEvent),
    },
  },
  WebhookReplay: { due: 1000, nextSince: finishedAt },
  ScanCut: { id: scan, state: 'partial', coverage: scanExamples.Scan.coverage, url },
  FindingCut: { id: findingExamples.Finding.id, severity: 'high', url: `${url}/findings` },
  OutboundScanEvent,
  OutboundFindingEvent: {
    type: 'finding.created',
    timestamp: finishedAt,
    sequence: 11,
    data: { scanId: scan, finding: { ...findingExamples.Finding, url: `${url}/findings` } },
  },
  OutboundEndpointEvent: {
    type: 'endpoint.test',
    timestamp: finishedAt,
    sequence: 13,
    data: { endpoint: { id: endpoint, url: WebhookEndpoint.url, enabled: true } },
  },
}
