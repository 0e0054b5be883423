import { formatId, newId, problem, ScanOrder } from '@assayer/schema'
import { getScan, twice } from '@assayer/schema/store'
import type { AcceptedScan, ScanRow } from '@assayer/schema/store'
import { chosenBy, limitsOver, nothingChosen, selectionOf } from '../profiles/resolve.ts'
import { clientOf } from '../request/act.ts'
import type { Answer, Call } from '../request/call.ts'
import { shownJson } from '../request/etag.ts'
import { replay } from '../request/idempotency.ts'
import type { Idempotency } from '../request/idempotency.ts'
import { requirePermission } from '../request/require-permission.ts'
import { traceparentFrom } from '../request/request-id.ts'
import { invalidInput, validate } from '../request/validate.ts'
import { renderScan } from '@assayer/schema/render'
import { freshScan } from './fresh-scan.ts'
import { judgeScope, rulesOf } from './judge-scope.ts'
import { planShards } from './plan-shards.ts'
import { resolveTargets } from './resolve-targets.ts'
import { selectCustom } from './select-custom.ts'

/**
 * Takes an order in, or refuses it with everything that is wrong with it. 202 only after it was committed, in one
 * statement; with a key that was there already, the first answer again. `rerunOf` names the scan whose order it is.
 */
export async function acceptOrder(
  call: Call,
  body: unknown,
  idempotency: Idempotency | null,
  rerunOf: string | null = null,
): Promise<Answer> {
  const scan = await planOrder(call, body, rerunOf)
  const { deps, actor } = call
  const id = formatId('scan', scan.scanId)
  const location = `/v1/scans/${id}`
  const now = deps.now()
  const fresh = freshScan(scan, now)
  const toKeep = () => {
    const { createdAt: _, ...answer } = renderScan(fresh, now)
    return answer
  }
  const kept = idempotency && { ...idempotency, answer: toKeep(), location }
  const made = await call.accept({ ...scan, idempotency: kept })
  deps.ring()
  const accepted = (row: ScanRow) => {
    const value = renderScan(row, deps.now())
    return shownJson(deps.sha256, { status: 202, version: row.version, value, headers: { Location: location } })
  }
  if (made) return await accepted({ ...fresh, createdAt: made })
  if (idempotency) return await replay(call, idempotency, id)
  // Without a key there is no row only because the first of two statements got through and its reply was lost.
  const row = await twice(() => getScan(deps.sql, actor.workspaceId, scan.scanId))
  if (!row) throw new Error('an accepted scan is not there')
  return await accepted(row)
}

/** What an order comes to today: its targets judged, its templates chosen, its shards planned. */
export async function planOrder(
  { deps, looks, c, actor, requestId }: Call,
  body: unknown,
  rerunOf: string | null = null,
): Promise<AcceptedScan> {
  const order = validate(ScanOrder, body)
  if (order.evidence === 'full') requirePermission(actor, 'evidence:write')
  const { workspaceId } = actor
  const targets = await resolveTargets(deps.sql, workspaceId, order)
  const { bundle, rules, profile } = await looks.basis(workspaceId, rerunOf === null ? order.profile : null)
  // A rerun's order is the one that was resolved, whatever has become of its profile.
  const chosen = rerunOf === null ? chosenBy(order.profile, profile) : nothingChosen
  const limits = limitsOver(order.limits, chosen.limits)
  if (!bundle) throw problem('no-worker', { headers: { 'Retry-After': '5' } })
  const scope = { rules: [...deps.operatorRules, ...rulesOf(rules)], own: [...deps.own] }
  await judgeScope(scope, targets, deps.resolve, deps.now())
  const { selection, pointer } = selectionOf(order, chosen)
  const [installed, custom] = await Promise.all([
    looks.templates(bundle, selection),
    twice(() => selectCustom(deps.sql, workspaceId, selection, pointer)),
  ])
  const templates = [...installed, ...custom]
  if (templates.length === 0) throw matchesNone(pointer)
  const hosts = targets.map(({ target }) => target.host)
  const { requestsPerSecond } = limits
  const plan = planShards({ hosts, templates, requestsPerSecond, shardSize: order.shardSize })
  if (plan === null) throw tooMuchWork()
  return {
    ...plan,
    workspaceId,
    scanId: newId(),
    profile: order.profile,
    templates: selection,
    limits,
    evidence: order.evidence,
    priority: order.priority,
    shardSize: order.shardSize,
    labels: order.labels,
    createdBy: actor.createdBy,
    bundle: { digest: bundle.digest, nucleiVersion: bundle.nucleiVersion },
    templatesSelected: templates.length,
    targets: targets.map(({ ordered, target: { canonical, host, port } }) => ({ ordered, canonical, host, port })),
    rerunOf,
    requestId,
    client: clientOf(c),
    traceparent: traceparentFrom(c.req.header('traceparent')),
    auditId: newId(),
    idempotency: null,
    delivery: null,
  }
}

const matchesNone = (pointer: string) => {
  const message = 'matches no template that is installed'
  return problem('selection-empty', { errors: [{ in: 'body', pointer, code: 'matches-none', message }] })
}

const tooMuchWork = () => {
  const message = 'would take too many shards: order fewer targets or templates, or a higher requestsPerSecond'
  return invalidInput([{ in: 'body', pointer: '/targets', code: 'too-much-work', message }])
}
