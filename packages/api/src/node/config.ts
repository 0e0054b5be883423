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
import { readNetwork } from './client-address.ts'

const keyForm = /^asy_[0-7][0-9a-hjkmnp-tv-z]{25}_[0-9a-hjkmnp-tv-z]{58}$/

const trustedProxies = v.optional(
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
    v.check((list) => list.every((one) => readNetwork(one) !== null), 'must be addresses or networks, comma separated'),
  ),
  '',
)

const bootstrapKey = v.optional(
  v.pipe(v.string(), v.regex(keyForm, 'is not an API key: make one with `npx -y pnpm@12 key`')),
)

/** The API's variables. */
export const ApiConfig = v.object({
  DATABASE_URL: databaseUrl,
  DATABASE_POOLED: databasePooled,
  REDIS_URL: redisUrl,
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'must be a host name or an address')), '127.0.0.1'),
  PORT: number(3000, 0, 65_535),
  METRICS_PORT: number(0, 0, 65_535),
  PUBLIC_URL: publicUrl,
  ASSAYER_BOOTSTRAP_KEY: bootstrapKey,
  SCOPE_ALLOW: scopePatterns,
  SCOPE_DENY: scopePatterns,
  SECRETS_KEY: secretsKey,
  WEBHOOK_ALLOW: scopePatterns,
  RESOLVERS: resolvers,
  TRUST_PROXY: trustedProxies,
  RATE_LIMIT_PER_MINUTE: number(6000, 0, 1_000_000),
  LOG_LEVEL: logLevel,
})
export type ApiConfig = v.InferOutput<typeof ApiConfig>
