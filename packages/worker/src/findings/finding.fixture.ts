import { newId } from '@assayer/schema'
import type { NewFinding } from '@assayer/schema/store'

/** A row with everything filled in; `n` makes its fingerprint. */
export const finding = (n: number, more: Partial<NewFinding> = {}): NewFinding => ({
  id: newId(),
  fingerprint: n.toString(16).padStart(64, '0'),
  templateId: 'git-config',
  name: 'Git config',
  severity: 'medium',
  type: 'http',
  matcherName: null,
  extractorName: null,
  target: null,
  host: '127.0.0.1',
  port: 80,
  ip: null,
  matchedAt: null,
  extractedResults: [],
  detail: {},
  at: null,
  request: null,
  response: null,
  ...more,
})
