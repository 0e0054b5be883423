import { scan, shard, startedAt } from './ids.ts'

const Finding = {
  id: 'fnd_01kb3v3k2meek9q8wz4h2a7xgd',
  scanId: scan,
  shardId: shard,
  attempt: 1,
  confirmed: true,
  templateId: 'assayer-git-config',
  name: 'Git configuration exposed',
  severity: 'high',
  type: 'http',
  matcherName: null,
  extractorName: null,
  target: 'https://app.example.com',
  host: 'app.example.com',
  port: 443,
  ip: '192.0.2.10',
  matchedAt: 'https://app.example.com/.git/config',
  extractedResults: [],
  tags: ['exposure', 'git'],
  references: ['https://git-scm.com/docs/git-config'],
  description: 'The folder of the version control is served to anyone.',
  remediation: 'Do not serve the .git folder.',
  classification: { cveIds: [], cweIds: ['cwe-538'], cvssScore: 7.5, cvssMetrics: null, epssScore: null },
  curlCommand: "curl -X 'GET' 'https://app.example.com/.git/config'",
  fingerprint: 'c0'.repeat(32),
  at: startedAt,
  createdAt: startedAt,
}
export const findingExamples = {
  Finding,
  FindingWithEvidence: {
    ...Finding,
    evidence: { request: 'GET /.git/config HTTP/1.1\r\nHost: app.example.com\r\n\r\n', response: '[core]\n' },
  },
}
