import { keepBodies, markDelivered, twice } from '@assayer/schema/store'
import type { DeliveryKey, DeliveryTry, Sql } from '@assayer/schema/store'
import { gather } from './gather.ts'

/** In one statement; bodies have up to 20 kB each. */
const atOnce = 64

/** What a sender writes of each delivery, with that of others; false when fenced. */
export type DeliveryWrites = {
  keepBody(one: { key: DeliveryKey; said: string }): Promise<boolean>
  markDelivered(one: { key: DeliveryKey; said: DeliveryTry }): Promise<boolean>
}

export const writeTogether = (sql: Sql): DeliveryWrites => ({
  keepBody: gather(atOnce, (bodies) => twice(() => keepBodies(sql, bodies))),
  markDelivered: gather(atOnce, (tries) => twice(() => markDelivered(sql, tries))),
})
