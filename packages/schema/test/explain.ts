import type { Sql } from '../src/store/index.ts'

export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Subplan Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  Plans?: PlanNode[]
}

/**
 * Runs a store function with each of its statements sent as `explain analyze`; returns their plans. Rows are not answered. A part
 * of a statement is passed on as it is.
 */
export async function explain(sql: Sql, run: (sql: Sql) => Promise<unknown>): Promise<PlanNode[]> {
  const plans: PlanNode[] = []
  const send = async (strings: readonly string[], args: unknown[]) => {
    const text = [`explain (analyze, format json) ${strings[0] ?? ''}`, ...strings.slice(1)]
    const call = sql as unknown as (
      strings: readonly string[],
      ...args: unknown[]
    ) => Promise<Record<string, unknown>[]>
    const rows = await call(Object.assign(text, { raw: text }), ...args)
    for (const row of rows) plans.push((row['QUERY PLAN'] as { Plan: PlanNode }[])[0]!.Plan)
    return []
  }
  const isStatement = (text = '') => /^\s*(with|select|insert|update|delete)\b/.test(text)
  const wrapped = (strings: TemplateStringsArray, ...args: never[]) =>
    isStatement(strings[0]) ? send(strings, args) : sql(strings, ...args)
  await run(Object.assign(wrapped, { json: sql.json.bind(sql) }) as unknown as Sql)
  return plans
}

/** Every node of a plan with the nodes above it. */
export const nodesOf = (node: PlanNode, above: PlanNode[] = []): { node: PlanNode; above: PlanNode[] }[] => [
  { node, above },
  ...(node.Plans ?? []).flatMap((child) => nodesOf(child, [...above, node])),
]

/** How many rows a node gave, over all its loops. */
export const rowsOf = (node: PlanNode): number => (node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 0)
