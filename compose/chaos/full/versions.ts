import { startPostgres } from '../../local/postgres.ts'
import { startRedis } from '../../local/redis.ts'
import { silent } from '../../local/say.ts'
import { openRedisAdmin } from '../redis-admin.ts'
import type { Versions } from './report.ts'

/** The versions of the parts that worlds are made of here. */
export async function versionsOf(nuclei: string): Promise<Versions> {
  const postgres = await startPostgres({ say: silent })
  await postgres.stop()
  return { postgres: postgres.version, redis: await redisVersion(), nuclei }
}

async function redisVersion(): Promise<string> {
  const redis = await startRedis({ say: silent })
  try {
    if (redis.url === null) return 'none'
    const admin = await openRedisAdmin(redis.url)
    const told = String(await admin.send('INFO', 'server'))
    admin.close()
    return /redis_version:(\S+)/.exec(told)?.[1] ?? 'unknown'
  } finally {
    await redis.stop()
  }
}
