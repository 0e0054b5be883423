import * as v from 'valibot'
import { Severity } from '../severity.ts'
import type { EventType } from '../webhook/event.ts'

export const forges = ['github', 'gitlab'] as const
export type Forge = (typeof forges)[number]

/** Where a forge's API is when nobody says otherwise. */
export const forgeUrls = { github: 'https://api.github.com', gitlab: 'https://gitlab.com' } as const

/** How a trigger tells a forge of the scans that its deliveries ordered. The token is kept apart, sealed. */
export const TriggerAnswer = v.strictObject({
  kind: v.picklist(forges),
  baseUrl: v.string(),
  status: v.boolean(),
  sarif: v.boolean(),
  severityFloor: Severity,
})
export type TriggerAnswer = v.InferOutput<typeof TriggerAnswer>

/** What one delivery to a forge is; each is an endpoint of its own, so that one which is refused does not stop another. */
export const answerKinds = ['github-status', 'github-sarif', 'gitlab-status'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** The endpoints that an answer needs, with the events that each is told. */
export function endpointsOf({ kind, status, sarif }: TriggerAnswer): { kind: AnswerKind; types: EventType[] }[] {
  const statusTypes: EventType[] = ['scan.started', 'scan.completed', 'scan.partial', 'scan.failed', 'scan.cancelled']
  return [
    ...(status ? [{ kind: `${kind}-status` as const, types: statusTypes }] : []),
    // A reader of SARIF takes missing results for fixed ones: of a scan that is not completed there is none.
    ...(sarif && kind === 'github'
      ? [{ kind: 'github-sarif' as const, types: ['scan.completed'] satisfies EventType[] }]
      : []),
  ]
}

/** What a token is sealed for, so that it opens nowhere else. */
export const tokenPlace = (triggerId: string): string => `trigger ${triggerId} token`
