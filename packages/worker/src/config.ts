import {
  databasePooled,
  databaseUrl,
  logLevel,
  number,
  publicUrl,
  redisUrl,
  resolvers,
  scopePatterns,
  secretsKey,
} from '@assayer/schema'
import * as v from 'valibot'

/** The worker's variables. */
export const WorkerConfig = v.object({
  DATABASE_URL: databaseUrl,
  DATABASE_SESSION_URL: v.optional(databaseUrl),
  DATABASE_POOLED: databasePooled,
  REDIS_URL: redisUrl,
  NUCLEI_PATH: v.pipe(v.string(), v.startsWith('/', 'must be an absolute path to the nuclei binary')),
  TEMPLATES_DIR: v.optional(v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'))),
  SCAN_DIR: v.optional(v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'))),
  RESOLVERS: resolvers,
  SCOPE_ALLOW: scopePatterns,
  SCOPE_DENY: scopePatterns,
  SECRETS_KEY: secretsKey,
  WEBHOOK_ALLOW: scopePatterns,
  PUBLIC_URL: publicUrl,
  SCAN_USER_AGENT: v.optional(
    v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters')),
  ),
  WORKER_CONCURRENCY: number(2, 1, 32),
  RETENTION_SCANS_DAYS: number(180, 1, 36_500),
  RETENTION_EVIDENCE_DAYS: number(30, 1, 36_500),
  RETENTION_AUDIT_DAYS: number(400, 1, 36_500),
  RETENTION_EVENTS_DAYS: number(30, 1, 36_500),
  LOG_LEVEL: logLevel,
  /** For tests alone: lease, renewals, the looks before a takeover and other waits become that much shorter. */
  TIME_FACTOR: v.optional(
    v.pipe(v.string(), v.regex(/^(?:1|0\.[1-9]\d?)$/, 'must be 1, or 0.1 to 0.99'), v.transform(Number)),
    '1',
  ),
})
export type WorkerConfig = v.InferOutput<typeof WorkerConfig>
