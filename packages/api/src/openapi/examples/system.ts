import { startedAt } from './ids.ts'

const Worker = {
  id: 'wrk_01kb3v0w5ke8nv6dcmrxqp4h2z',
  version: '0.1.0',
  nuclei: '3.11.1',
  templates: 'sha256:5f0c',
  slots: 2,
  running: 1,
  draining: false,
  memoryBytes: 96_468_992,
  memoryLimitBytes: 805_306_368,
  startedAt,
  lastBeatAt: startedAt,
}

export const systemExamples = {
  Worker,
  System: {
    version: '0.1.0',
    redis: 'up',
    templates: { digest: 'sha256:5f0c', nuclei: '3.11.1', count: 24, activatedAt: startedAt },
    queue: { queued: 3, held: 0, running: 1, oldestQueuedSeconds: 0.4 },
    outbox: { pending: 0, deliveriesPending: 2 },
    workers: [Worker],
  },
}
