import { mostTargets, parseId, parseTarget, problem } from '@assayer/schema'
import type { ProblemError, ScanOrder, Target } from '@assayer/schema'
import { labelledAddresses, targetAddresses, twice } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { invalidInput } from '../request/validate.ts'

/** A target of an order: `pointer` names the part of the order it comes from, `ordered` is its text. */
export type OrderedTarget = { pointer: string; ordered: string; target: Target }

type Wanted = Pick<ScanOrder, 'targets' | 'targetLabels'>

/**
 * Reads the targets of an order, a stored one (`tgt_...`) by its address, and adds those with all of `targetLabels`; those with
 * the same canonical form count once, as first written. `target-invalid` names every text that is no target, up to 100, and
 * labels that no target has; at most 10,000 may be left.
 */
export async function resolveTargets(sql: Sql, workspaceId: string, wanted: Wanted): Promise<OrderedTarget[]> {
  const labelled = Object.keys(wanted.targetLabels).length > 0
  if (wanted.targets.length === 0 && !labelled) throw tooFew()
  const ids = wanted.targets.flatMap((text) => parseId('target', text) ?? [])
  const [rows, byLabel] = await twice(() =>
    Promise.all([
      ids.length === 0 ? [] : targetAddresses(sql, workspaceId, ids),
      labelled ? labelledAddresses(sql, workspaceId, wanted.targetLabels, mostTargets + 1) : [],
    ]),
  )
  const byId = new Map(rows.map(({ id, address }) => [id, address]))
  const targets = new Map<string, OrderedTarget>()
  const errors: ProblemError[] = []
  const add = (pointer: string, ordered: string) => {
    const parsed = parseTarget(ordered)
    if (!parsed.ok) errors.push({ in: 'body', pointer, code: parsed.code, message: parsed.message })
    else if (!targets.has(parsed.target.canonical))
      targets.set(parsed.target.canonical, { pointer, ordered, target: parsed.target })
  }
  for (const [at, text] of wanted.targets.entries()) {
    const pointer = `/targets/${at}`
    const id = parseId('target', text)
    const ordered = id === null ? text : byId.get(id)
    if (ordered === undefined) errors.push({ in: 'body', pointer, ...unknownTarget })
    else add(pointer, ordered)
    if (errors.length === 100) break
  }
  if (labelled && byLabel.length === 0) errors.push({ in: 'body', pointer: '/targetLabels', ...unusedLabels })
  for (const address of byLabel) add('/targetLabels', address)
  if (errors.length > 0) throw problem('target-invalid', { errors: errors.slice(0, 100) })
  if (targets.size > mostTargets) throw tooMany()
  return [...targets.values()]
}

const unknownTarget = { code: 'unknown-target', message: 'there is no such target' }
const unusedLabels = { code: 'matches-none', message: 'no target has these labels' }
const tooFew = () => invalidInput([{ in: 'body', pointer: '/targets', code: 'min-length', message: 'needs a target' }])
const tooMany = () =>
  invalidInput([{ in: 'body', pointer: '/targetLabels', code: 'max-length', message: 'at most 10,000 targets' }])
