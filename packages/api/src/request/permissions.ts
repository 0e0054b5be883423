import { longestWaitSeconds } from './prefer.ts'

/** What a key may be allowed, by resource. */
const resources = [
  'scans',
  'findings',
  'evidence',
  'targets',
  'scope-rules',
  'profiles',
  'templates',
  'custom-templates',
  'keys',
  'webhooks',
  'triggers',
  'audit',
  'system',
] as const
type Resource = (typeof resources)[number]
export type Permission = `${Resource}:${'read' | 'write'}`

const closedToReaders = new Set<Resource>(['evidence', 'keys', 'audit'])
const writtenByOperators: readonly Resource[] = ['scans', 'targets', 'profiles', 'triggers', 'webhooks']
const reader = resources.filter((name) => !closedToReaders.has(name)).map((name): Permission => `${name}:read`)

/** The presets that a key can be made with. */
export const presets = {
  reader,
  operator: [...reader, ...writtenByOperators.map((name): Permission => `${name}:write`)],
  admin: resources.flatMap((name): Permission[] => [`${name}:read`, `${name}:write`]),
} as const satisfies Record<string, readonly Permission[]>

export type Needs = {
  needs: readonly Permission[]
  media: 'application/json' | 'text/event-stream' | 'text/plain' | null
  /** May wait this much longer than others before it answers. */
  waitSeconds?: number
}
const needs = (...permissions: Permission[]): Needs => ({ needs: permissions, media: 'application/json' })

/**
 * What each authenticated route needs, all of it, and the media type it answers with (null: no body, or one of several). A route that is
 * not here cannot be registered.
 */
export const routeTable = {
  'POST /v1/scans': needs('scans:write'),
  'GET /v1/scans': needs('scans:read'),
  'GET /v1/scans/:id': { ...needs('scans:read'), waitSeconds: longestWaitSeconds },
  'PATCH /v1/scans/:id': needs('scans:write'),
  'DELETE /v1/scans/:id': { needs: ['scans:write'], media: null },
  'POST /v1/scans/delete': needs('scans:write'),
  'POST /v1/scans/:id/rerun': needs('scans:write'),
  'POST /v1/scans/:id/cancel': needs('scans:write'),
  'POST /v1/scans/:id/pause': needs('scans:write'),
  'POST /v1/scans/:id/resume': needs('scans:write'),
  'GET /v1/scans/:id/findings': needs('findings:read'),
  'GET /v1/findings': needs('findings:read'),
  'GET /v1/findings/:id': needs('findings:read'),
  'GET /v1/scans/:id/targets': needs('scans:read'),
  'GET /v1/scans/:id/shards': needs('scans:read'),
  'GET /v1/scans/:id/events': { needs: ['scans:read', 'findings:read'], media: 'text/event-stream' },
  'GET /v1/scans/:id/export': { needs: ['scans:read', 'findings:read'], media: null },
  'POST /v1/keys': needs('keys:write'),
  'GET /v1/keys': needs('keys:read'),
  'GET /v1/keys/:id': needs('keys:read'),
  'POST /v1/keys/:id/rotate': needs('keys:write'),
  'DELETE /v1/keys/:id': { needs: ['keys:write'], media: null },
  'GET /v1/templates': needs('templates:read'),
  'GET /v1/templates/:id': needs('templates:read'),
  'POST /v1/custom-templates': needs('custom-templates:write'),
  'GET /v1/custom-templates': needs('custom-templates:read'),
  'GET /v1/custom-templates/:id': needs('custom-templates:read'),
  'PATCH /v1/custom-templates/:id': needs('custom-templates:write'),
  'DELETE /v1/custom-templates/:id': { needs: ['custom-templates:write'], media: null },
  'POST /v1/targets': needs('targets:write'),
  'GET /v1/targets': needs('targets:read'),
  'GET /v1/targets/:id': needs('targets:read'),
  'PATCH /v1/targets/:id': needs('targets:write'),
  'DELETE /v1/targets/:id': { needs: ['targets:write'], media: null },
  'POST /v1/profiles': needs('profiles:write'),
  'GET /v1/profiles': needs('profiles:read'),
  'GET /v1/profiles/:id': needs('profiles:read'),
  'PATCH /v1/profiles/:id': needs('profiles:write'),
  'DELETE /v1/profiles/:id': { needs: ['profiles:write'], media: null },
  'GET /v1/audit-events': needs('audit:read'),
  'GET /v1/audit-events/:id': needs('audit:read'),
  'POST /v1/webhook-endpoints': needs('webhooks:write'),
  'GET /v1/webhook-endpoints': needs('webhooks:read'),
  'GET /v1/webhook-endpoints/:id': needs('webhooks:read'),
  'PATCH /v1/webhook-endpoints/:id': needs('webhooks:write'),
  'DELETE /v1/webhook-endpoints/:id': { needs: ['webhooks:write'], media: null },
  'POST /v1/webhook-endpoints/:id/rotate-secret': needs('webhooks:write'),
  'POST /v1/webhook-endpoints/:id/test': needs('webhooks:write'),
  'POST /v1/webhook-endpoints/:id/replay': needs('webhooks:write'),
  'GET /v1/webhook-deliveries': needs('webhooks:read'),
  'GET /v1/webhook-deliveries/:id': needs('webhooks:read'),
  'POST /v1/webhook-deliveries/:id/retry': needs('webhooks:write'),
  'POST /v1/triggers': needs('triggers:write'),
  'GET /v1/triggers': needs('triggers:read'),
  'GET /v1/triggers/:id': needs('triggers:read'),
  'PATCH /v1/triggers/:id': needs('triggers:write'),
  'DELETE /v1/triggers/:id': { needs: ['triggers:write'], media: null },
  'POST /v1/triggers/:id/rotate-secret': needs('triggers:write'),
  'GET /v1/system': needs('system:read'),
  'GET /metrics': { needs: ['system:read'], media: 'text/plain' },
  'POST /v1/scope-rules': needs('scope-rules:write'),
  'GET /v1/scope-rules': needs('scope-rules:read'),
  'GET /v1/scope-rules/:id': needs('scope-rules:read'),
  'DELETE /v1/scope-rules/:id': { needs: ['scope-rules:write'], media: null },
} as const satisfies Record<string, Needs>

export type RouteName = keyof typeof routeTable

/** Routes that need no key: what a trigger is sent is signed. */
export const openRoutes = [
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  'GET /docs',
  'GET /problems/:code',
  'POST /hooks/:id',
] as const
