import type { CreatedBy } from '@assayer/schema'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { Acceptance } from '../order/acceptance.ts'
import type { OrderLooks } from '../order/looks.ts'
import type { Permission } from './permissions.ts'

/** Who asks. Every statement a request reaches takes this workspace's id. */
export type Actor = {
  workspaceId: string
  createdBy: CreatedBy
  may(permission: Permission): boolean
  /** False once the key has expired or was revoked; for answers that last. */
  stillValid(): Promise<boolean>
}

/** One authenticated request on its way through the house. */
export type Call = { deps: Deps; looks: OrderLooks; accept: Acceptance; c: Context; requestId: string; actor: Actor }

/** A response as plain data: headers as a plain object are what node-server writes fastest. */
export type Answer = {
  status: number
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null
  headers: Record<string, string>
}

export type Handler = (call: Call) => Promise<Answer>

/** An answer in JSON. */
export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  jsonText(status, JSON.stringify(value), headers)

/** An answer whose JSON is written already. */
export const jsonText = (
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  body,
  headers: { 'Content-Type': 'application/json', ...headers },
})
