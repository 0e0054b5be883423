import type { DoneRun } from '../coverage/cover.ts'
import type { RunnableTemplates } from '../custom/write-custom.ts'
import type { RunPlan } from '../reach/plan-runs.ts'
import type { Attempt } from './attempt.ts'

type Files = { found: string[] } & Pick<DoneRun, 'selected' | 'countsRequests' | 'asksHttp'>

/** The files of the templates this plan's protocols can use; `selected` counts also those that this worker lacks. */
export function templateFiles(bundle: RunnableTemplates, { shard }: Attempt, plan: RunPlan): Files {
  const protocolOf = new Map(bundle.templates.map(({ id, protocol }) => [id, protocol]))
  const wanted = shard.templateIds.filter((id) =>
    plan.protocols.includes(protocolOf.get(id) ?? plan.protocols[0] ?? ''),
  )
  const protocols = new Set(wanted.map((id) => protocolOf.get(id)))
  const asksHttp = protocols.has('http')
  const countsRequests = asksHttp || protocols.has('dns')
  return {
    found: wanted.flatMap((id) => bundle.files.get(id) ?? []),
    selected: wanted.length,
    countsRequests,
    asksHttp,
  }
}

/** Whether any template of the shard asks over HTTP. */
export function selectsHttp({ templates }: RunnableTemplates, { shard }: Attempt): boolean {
  const wanted = new Set(shard.templateIds)
  return templates.some(({ id, protocol }) => protocol === 'http' && wanted.has(id))
}
