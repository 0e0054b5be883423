import { databaseUrl, logLevel, publicUrl, scopePatterns, secretsKey } from '@assayer/schema'
import * as v from 'valibot'

/** The variables of the API at the edge: those of a process that need neither files, Redis nor sockets of its own. */
export const EdgeConfig = v.object({
  DATABASE_URL: databaseUrl,
  PUBLIC_URL: publicUrl,
  SCOPE_ALLOW: scopePatterns,
  SCOPE_DENY: scopePatterns,
  SECRETS_KEY: secretsKey,
  WEBHOOK_ALLOW: scopePatterns,
  LOG_LEVEL: logLevel,
})
export type EdgeConfig = v.InferOutput<typeof EdgeConfig>
