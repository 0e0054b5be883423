import type { Coverage, Reason, ScanState, Severity } from '@assayer/schema'

/** What the client reads of a scan; the answer holds more. */
export type Scan = {
  id: string
  state: ScanState
  reason: Reason | null
  targetCount: number
  templatesSelected: number
  progress: { percent: number; requests: number; shards: { total: number; running: number } }
  coverage: Record<Coverage | 'asked', number>
  findings: Record<Severity | 'total' | 'unconfirmed', number>
}

/** What the client reads of a finding. */
export type Finding = {
  id: string
  templateId: string
  name: string
  severity: Severity
  type: string
  matcherName: string | null
  host: string | null
  port: number | null
  matchedAt: string | null
  extractedResults: string[]
  confirmed: boolean
  fingerprint: string
}

export type Page<Item> = { data: Item[]; nextCursor: string | null }
