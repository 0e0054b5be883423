import type { TemplateSelection } from '@assayer/schema'
import { orderBasis, selectTemplates, twice } from '@assayer/schema/store'
import type { OrderBasis, SelectedTemplate, Sql } from '@assayer/schema/store'
import { shareLooks } from '../request/share-look.ts'

type Bundle = NonNullable<OrderBasis['bundle']>

/** How orders look at the database before they are accepted. */
export type OrderLooks = {
  /** What orders are judged by, as it was at a time after the order came. */
  basis(workspaceId: string, profile: string | null): Promise<OrderBasis>
  /** What a selection comes to in a bundle. The caller changes nothing in it. */
  templates(bundle: Bundle, selection: TemplateSelection): Promise<readonly SelectedTemplate[]>
}

/** Templates kept over all selections, about 5 MB; a selection with a longer text is asked for each time. */
const mostTemplates = 50_000
const longestSelection = 4096

/**
 * Orders that come together share one look at what they are judged by, which began after each of them came. Selections are kept by
 * the bundle's digest, which names its templates for good, the latest used of up to `most` templates.
 */
export function createOrderLooks(sql: Sql, most = mostTemplates): OrderLooks {
  const share = shareLooks<OrderBasis>()
  const kept = new Map<string, SelectedTemplate[]>()
  let held = 0
  const sizeOf = (key: string) => 1 + (kept.get(key)?.length ?? 0)
  const forget = (key: string) => {
    held -= kept.has(key) ? sizeOf(key) : 0
    kept.delete(key)
  }
  return {
    basis: (workspaceId, profile) =>
      share(JSON.stringify([workspaceId, profile]), () => twice(() => orderBasis(sql, workspaceId, profile))),
    async templates({ digest, templateCount }, selection) {
      const key = JSON.stringify([digest, templateCount, selection])
      const found = kept.get(key) ?? (await twice(() => selectTemplates(sql, digest, selection)))
      if (key.length > longestSelection) return found
      forget(key)
      kept.set(key, found)
      held += sizeOf(key)
      for (const oldest of kept.keys()) {
        if (held <= most) break
        forget(oldest)
      }
      return found
    },
  }
}
