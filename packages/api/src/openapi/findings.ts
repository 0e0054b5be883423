import { idOf } from '@assayer/schema/render'
import { Finding, FindingWithEvidence } from '@assayer/schema/render'
import { filtersOfFindings, filtersOfScan } from '../routes/findings.ts'
import { pageOf, single } from './answers.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

const about = {
  severity: 'Of one of these severities.',
  templateId: 'Found by one of these templates.',
  host: 'On one of these hosts.',
  q: 'With this text in name, template id, host or place.',
  since: 'Stored since this time.',
  sort: 'Newest first (default), or worst first.',
}

export const findings = {
  'GET /v1/scans/:id/findings': {
    id: 'listScanFindings',
    summary: 'The findings of a scan',
    path: { id: idOf('scan') },
    list: 'findings',
    links: ['getFinding'],
    query: queryOf(filtersOfScan, about),
    answers: { 200: pageOf(Finding) },
    problems: ['scan-not-found'],
  },
  'GET /v1/findings': {
    id: 'listFindings',
    summary: 'The findings of all scans',
    list: 'all-findings',
    links: ['getFinding'],
    query: queryOf(filtersOfFindings, {
      ...about,
      scanLabel: 'Of scans with this label, `key:value`; repeated, with all of them.',
    }),
    answers: { 200: pageOf(Finding) },
  },
  'GET /v1/findings/:id': {
    id: 'getFinding',
    summary: 'Get a finding',
    about: 'With its `evidence` for a key that has `evidence:read`, which the audit trail then tells.',
    path: { id: idOf('finding') },
    headers: ['If-None-Match'],
    answers: single(FindingWithEvidence),
    problems: ['finding-not-found'],
  },
} satisfies Record<string, Operation>
