import { endpointPlace, NotOpened, problem, typesOf } from '@assayer/schema'
import type { Sealer } from '@assayer/schema'
import { changeWebhookEndpoint, getWebhookEndpoint, twice } from '@assayer/schema/store'
import type { WebhookEndpointChange, WebhookEndpointRow } from '@assayer/schema/store'
import * as v from 'valibot'
import { auditOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { canonical } from '../request/canonical.ts'
import { mayChange, taggedJson } from '../request/etag.ts'
import { invalidInput, validate } from '../request/validate.ts'
import { renderWebhookEndpoint } from '../render/webhook-endpoint.ts'
import { defaults, Headers, receiverUrl, WebhookEndpointPatch } from './input.ts'
import { sealerOf } from './sealer.ts'

const mostTries = 5

/** Merges a patch into an endpoint (RFC 7396), and again into what it has become where it changed meanwhile. */
export async function patchWebhookEndpoint(call: Call, id: string, body: unknown): Promise<Answer> {
  const { deps, c, actor } = call
  const patch = validate(WebhookEndpointPatch, body)
  const url = patch.url === undefined ? null : receiverUrl(deps, patch.url)
  for (let tries = 0; tries < mostTries; tries++) {
    const row = await twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id))
    if (row === null) throw problem('webhook-endpoint-not-found')
    if (!mayChange(c.req.header('If-Match'), row.version)) throw problem('version-mismatch')
    const change = { ...merged(row, patch, url), ...(await headersOf(deps, row, patch, url)) }
    // Headers are sealed anew whenever they are given, so that nobody can tell whether they are others.
    const same = patch.headers === undefined && canonical(merged(row, {}, null)) === canonical(merged(row, patch, url))
    const changed =
      same || (await changeWebhookEndpoint(deps.sql, actor.workspaceId, id, row.version, change, auditOf(call)))
    if (!changed) continue
    const now = await twice(() => getWebhookEndpoint(deps.sql, actor.workspaceId, id))
    if (now === null) throw problem('webhook-endpoint-not-found')
    return await taggedJson(undefined, now.version, renderWebhookEndpoint(now))
  }
  throw problem('overloaded', {
    detail: 'The endpoint changes too fast: send it again',
    headers: { 'Retry-After': '1' },
  })
}

const anew = {
  in: 'body',
  pointer: '/headers',
  code: 'required',
  message: 'must be given anew, or null, as the URL is of another receiver',
} as const
const lost = {
  ...anew,
  message: 'must be null first: those that are there were sealed by another SECRETS_KEY',
} as const
type Patch = v.InferOutput<typeof WebhookEndpointPatch>

function merged(
  row: WebhookEndpointRow,
  patch: Patch,
  url: string | null,
): Omit<WebhookEndpointChange, 'headerNames' | 'headersSealed'> {
  const events = patch.events === undefined ? row.subscriptions : (patch.events ?? [...defaults.events])
  return {
    url: url ?? row.url,
    subscriptions: events,
    types: typesOf(events),
    severityFloor:
      patch.severityFloor === undefined ? row.severityFloor : (patch.severityFloor ?? defaults.severityFloor),
    enabled: patch.enabled === undefined ? row.enabled : (patch.enabled ?? defaults.enabled),
  }
}

/** The headers after the patch. Values that were for one receiver are never sent to another: with a new origin they are said anew. */
async function headersOf(
  deps: Call['deps'],
  row: WebhookEndpointRow,
  { headers }: Patch,
  url: string | null,
): Promise<Pick<WebhookEndpointChange, 'headerNames' | 'headersSealed'>> {
  const moved = url !== null && new URL(url).origin !== new URL(row.url).origin
  if (headers === undefined) {
    if (moved && row.headersSealed !== null) throw invalidInput([anew])
    return { headerNames: row.headerNames, headersSealed: row.headersSealed }
  }
  if (headers === null) return { headerNames: [], headersSealed: null }
  const sealer = sealerOf(deps)
  const kept = new Map(moved ? [] : Object.entries(await openHeaders(sealer, row)))
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) kept.delete(name)
    else kept.set(name, value)
  }
  const { headers: all } = validate(v.object({ headers: Headers }), { headers: Object.fromEntries(kept) })
  if (kept.size === 0) return { headerNames: [], headersSealed: null }
  return {
    headerNames: [...kept.keys()],
    headersSealed: await sealer.seal(JSON.stringify(all), endpointPlace(row.id, 'headers')),
  }
}

async function openHeaders(sealer: Sealer, { id, headersSealed }: WebhookEndpointRow): Promise<Record<string, string>> {
  if (headersSealed === null) return {}
  const opened = await sealer.open(headersSealed, endpointPlace(id, 'headers')).catch((error: unknown) => {
    throw error instanceof NotOpened ? invalidInput([lost]) : error
  })
  return JSON.parse(opened) as Record<string, string>
}
