import { endpointPlace, formatId, mostTries, NotOpened, openSecrets, waitAfter } from '@assayer/schema'
import type { Log, Sealer } from '@assayer/schema'
import { isDatabaseAway, isDatabaseBusy, markFailed, releaseDelivery, twice } from '@assayer/schema/store'
import type { ClaimedDelivery, DeliveryTry, Sql } from '@assayer/schema/store'
import { isFinal, postAnswer } from '../forge/answer.ts'
import type { PackSarif } from '../forge/pack-sarif.ts'
import { askedWait } from './asked-wait.ts'
import { bodyOf } from './body.ts'
import type { Post, Posted } from './post.ts'
import { signatureOf } from './sign.ts'
import type { DeliveryWrites } from './write-together.ts'

export type SendDeps = {
  sql: Sql
  write: DeliveryWrites
  log: Log
  sealer: Sealer
  post: Post
  pack: PackSarif
  publicUrl: string
  userAgent: string
}

/** Sends a claimed delivery once and writes down what came of it. What it writes too late is fenced and changes nothing. */
export async function sendDelivery(deps: SendDeps, delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
  const started = performance.now()
  const at = new Date().toISOString()
  const { sql, log, write } = deps
  const about = {
    deliveryId: formatId('delivery', delivery.id),
    ...(delivery.triggerId === null
      ? { endpointId: formatId('webhook-endpoint', delivery.endpointId) }
      : { triggerId: formatId('trigger', delivery.triggerId), answer: delivery.kind }),
    attempt: delivery.attempt,
  }
  const posted = await attempt(deps, delivery, signal).catch((error: unknown): Posted => {
    if (isDatabaseAway(error) || isDatabaseBusy(error)) throw error
    // Both are counted as any other failure: what is never counted is tried for ever.
    if (error instanceof NotOpened) {
      log.error({ ...about, reason: error.message }, 'webhook secret could not be opened')
      return { kind: 'not-made', detail: 'SECRETS_KEY is not the one that sealed its secret' }
    }
    log.error({ ...about, err: error }, 'webhook could not be made')
    return { kind: 'not-made', detail: 'the log of the worker says why' }
  })
  const durationMs = Math.round(performance.now() - started)
  if (posted.kind === 'aborted') {
    await twice(() => releaseDelivery(sql, delivery))
    return
  }
  const one: DeliveryTry = {
    at,
    durationMs,
    status: posted.kind === 'answered' ? posted.status : null,
    error: errorOf(posted),
  }
  if (one.error === null || posted.kind === 'superseded') {
    const mine = await write.markDelivered({ key: delivery, said: one })
    if (mine) log.info({ ...about, durationMs, status: one.status }, 'webhook was delivered')
    return
  }
  const answers = delivery.kind !== 'standard'
  // A forge says so of a repository, and a trigger may serve many.
  const gone = !answers && posted.kind === 'answered' && posted.status === 410
  const last = gone || posted.kind === 'not-sendable' || (answers && posted.kind === 'answered' && isFinal(posted))
  const asked = posted.kind === 'answered' ? askedWait(posted, answers, new Date()) : null
  const tries = delivery.tries + 1
  const waitMs = last || tries >= mostTries ? null : waitAfter(tries, asked)
  const failed = await twice(() => markFailed(sql, delivery, one, { waitMs, gone }))
  if (failed === null) return
  log.warn({ ...about, durationMs, status: one.status, reason: one.error, waitMs }, 'webhook was not delivered')
  if (failed.disabled !== null) log.warn({ ...about, reason: failed.disabled }, 'webhook endpoint was disabled')
}

async function attempt(deps: SendDeps, delivery: ClaimedDelivery, signal: AbortSignal): Promise<Posted> {
  const { kind, triggerId } = delivery
  if (kind !== 'standard' && triggerId !== null) return await postAnswer(deps, { ...delivery, kind, triggerId }, signal)
  const { sql, write, sealer, post, publicUrl, userAgent } = deps
  const body = delivery.body ?? (await bodyOf(sql, delivery, publicUrl))
  // What was kept first counts for all tries; a fenced sender sends nothing.
  if (delivery.body === null && !(await write.keepBody({ key: delivery, said: body })))
    return { kind: 'aborted', detail: 'another sender has it' }
  const { endpointId, headersSealed } = delivery
  const secrets = await openSecrets(sealer, delivery, endpointPlace(endpointId, 'secret'))
  const own = headersSealed === null ? '{}' : await sealer.open(headersSealed, endpointPlace(endpointId, 'headers'))
  const id = formatId('event', delivery.eventId)
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = {
    ...(JSON.parse(own) as Record<string, string>),
    'Content-Type': 'application/json',
    'User-Agent': userAgent,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(secrets, { id, timestamp, body }),
  }
  return await post(delivery.url, headers, body, signal)
}

/** Null for a 2xx; any other reply and whatever went wrong is a failure, with a word for it. */
function errorOf(posted: Posted): string | null {
  if (posted.kind === 'superseded') return `not sent: ${posted.detail}`
  if (posted.kind !== 'answered') return `${posted.kind}: ${posted.detail}`
  if (posted.status >= 200 && posted.status < 300) return null
  return posted.status >= 300 && posted.status < 400
    ? 'redirects are not followed'
    : `the receiver answered ${posted.status}`
}
