import { createdAt, createdBy, key, startedAt } from './ids.ts'

const Key = {
  id: key,
  name: 'build server',
  permissions: ['scans:read', 'scans:write'],
  createdBy,
  createdAt,
  expiresAt: null,
  lastUsedAt: startedAt,
}

export const identityExamples = {
  AuditEvent: {
    id: 'aud_01kb3v0zs7f3b9kq1g1n9x0w4m',
    action: 'key.created',
    actor: createdBy,
    subject: key,
    requestId: 'req_01kb3v1xg4f0rvm7t1jx1qhd2c',
    client: '192.0.2.7',
    detail: { name: 'build server' },
    createdAt,
  },
  CreatedBy: createdBy,
  Key,
  KeyWithSecret: { ...Key, secret: `asy_01kb3tzz00e5ws4m1d5vb6pqre_${'0'.repeat(58)}` },
  ScopeRule: {
    id: 'scr_01kb3v0k00fyh9yd8m2s3rj5k7',
    effect: 'allow',
    pattern: 'app.example.com:443',
    note: 'ticket 4711, signed by the owner',
    createdBy,
    createdAt,
    expiresAt: null,
  },
}
