import { createSealer, receiverScope } from '@assayer/schema'
import type { Log, OwnAddress } from '@assayer/schema'
import { connect } from '@assayer/schema/store'
import type { PoolOptions } from '@assayer/schema/store'
import type { WorkerConfig } from '../config.ts'
import { createResolve } from '../wall/resolve.ts'
import { startDelivering } from './deliver-loop.ts'
import type { DeliverLoop } from './deliver-loop.ts'
import { createPackSarif } from '../forge/pack-sarif.ts'
import { createPost } from './post.ts'
import { sendDelivery } from './send.ts'
import { writeTogether } from './write-together.ts'

const deadlineMs = 15_000
/** Longer than a try and what is written after it. */
const leaseMs = 30_000
const slots = 128

/** Starts to send outbound events; null where SECRETS_KEY is not set: then other workers send them, or none does. */
export async function startWebhooks(options: {
  config: WorkerConfig
  workerId: string
  version: string
  /** Of its pool: it must not keep the leases waiting. */
  pool: Pick<PoolOptions, 'prepare' | 'socket'>
  own: OwnAddress[]
  log: Log
}): Promise<DeliverLoop | null> {
  const { config, log, workerId } = options
  if (config.SECRETS_KEY === undefined) {
    log.info({ workerId }, 'webhook delivery is off: SECRETS_KEY is not set')
    return null
  }
  const sql = connect(config.DATABASE_URL, { name: 'assayer-webhooks', max: 4, ...options.pool })
  const sealer = await createSealer(config.SECRETS_KEY)
  const scope = receiverScope(config.WEBHOOK_ALLOW, options.own)
  const { post, close } = createPost({
    scope,
    resolve: createResolve(config.RESOLVERS),
    deadlineMs: deadlineMs * config.TIME_FACTOR,
  })
  const deps = {
    sql,
    write: writeTogether(sql),
    log,
    sealer,
    post,
    pack: createPackSarif(sql),
    publicUrl: config.PUBLIC_URL,
    userAgent: `Assayer/${options.version} (webhooks)`,
  }
  const loop = startDelivering({
    workerId,
    sql,
    log,
    slots,
    leaseMs: leaseMs * config.TIME_FACTOR,
    graceMs: 3000,
    send: (delivery, signal) => sendDelivery(deps, delivery, signal),
  })
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop()
      close()
      await sql.end({ timeout: 1 })
    },
  }
}
