import { createdAt, createdBy, scan } from './ids.ts'

const TriggerAnswer = {
  kind: 'github',
  baseUrl: 'https://api.github.com',
  status: true,
  sarif: true,
  severityFloor: 'high',
}
const TriggerAnswerState = { kind: 'github-status', enabled: true, disabledReason: null, failingSince: null }
const Trigger = {
  id: 'trg_01kb3v5c2mf8s0d4h6j9q3w7xe',
  name: 'what is deployed',
  kind: 'github',
  events: ['deployment_status'],
  filters: { branches: [], environments: ['production'], states: ['success'] },
  order: {
    targets: [{ fromPayload: '/deployment_status/environment_url' }],
    targetLabels: {},
    limits: {},
    evidence: 'redacted',
    priority: 5,
    shardSize: 25,
    labels: { from: 'deployment' },
  },
  answer: TriggerAnswer,
  answers: [TriggerAnswerState, { ...TriggerAnswerState, kind: 'github-sarif' }],
  enabled: true,
  previousSecretExpiresAt: null,
  createdBy,
  createdAt,
}

export const triggerExamples = {
  TriggerAnswer,
  TriggerAnswerState,
  Trigger,
  TriggerWithSecret: { ...Trigger, secret: 'c0ffee'.repeat(10) },
  TriggerSecret: { id: Trigger.id, secret: 'decade'.repeat(10), createdAt },
  DeliveredScan: { scanId: scan, deleted: true },
  DeletedScan: { scanId: scan, deleted: true },
}
