import type { LimitsInput } from '../limits.ts'
import type { TemplateSelection } from '../scan-order.ts'
import type { Sql } from './connect.ts'
import type { Bundle } from './templates.ts'

export type OrderBasis = {
  /** The one activated last; null before any worker registered. */
  bundle: (Bundle & { templateCount: number }) | null
  /** All rules of the workspace, deny rules first: none of them may fall behind the bound. */
  rules: { effect: 'allow' | 'deny'; pattern: string; expiresAt: string | null }[]
  /** Null where there is none of that name. */
  profile: { templates: TemplateSelection | null; limits: LimitsInput } | null
}

/** What an order of a workspace is judged by, in one look: the current bundle, the scope rules and the profile it names. */
export async function orderBasis(sql: Sql, workspaceId: string, profile: string | null): Promise<OrderBasis> {
  const [row] = await sql<OrderBasis[]>`
    select (
        select json_build_object('digest', digest, 'nucleiVersion', nuclei_version, 'templateCount', template_count)
        from bundles where template_count > 0 order by activated_at desc limit 1
      ) as bundle, (
        select coalesce(json_agg(json_build_object('effect', r.effect, 'pattern', r.pattern, 'expiresAt', r.expires_at)
          order by r.effect desc, r.id desc), '[]')
        from (
          select id, effect, pattern, expires_at from scope_rules where workspace_id = ${workspaceId}
          order by effect desc, id desc limit 5000
        ) r
      ) as rules, (
        select json_build_object('templates', templates, 'limits', limits) from profiles
        where workspace_id = ${workspaceId} and name = ${profile}
      ) as profile`
  return row ?? { bundle: null, rules: [], profile: null }
}
