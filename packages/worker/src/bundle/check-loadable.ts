import type { TemplateOrigin } from '@assayer/schema/store'
import { countLoaded } from './count-loaded.ts'
import type { Check } from './count-loaded.ts'
import type { InstalledBundle } from './read-bundle.ts'

/**
 * Takes out of a bundle what this Nuclei does not load: invalid files, and signed ones whose signature is stale (1 to 3 percent
 * of any official snapshot). Nuclei says how many it loaded, not which it dropped, so a set that falls short is halved until
 * the culprits stand alone. Each run has an empty target list: nothing is sent anywhere.
 */
export async function keepLoadable<Bundle extends InstalledBundle>(
  bundle: Bundle,
  check: Check,
): Promise<{ bundle: Bundle; dropped: string[] }> {
  const dropped: string[] = []
  for (const origin of ['signed', 'starter'] as const) {
    const ids = bundle.templates.filter((template) => template.origin === origin).map(({ id }) => id)
    dropped.push(...(await findUnloadable(bundle, ids, origin, check)))
  }
  const gone = new Set(dropped)
  const files = new Map([...bundle.files].filter(([id]) => !gone.has(id)))
  return { bundle: { ...bundle, files, templates: bundle.templates.filter(({ id }) => !gone.has(id)) }, dropped }
}

async function findUnloadable(
  bundle: InstalledBundle,
  ids: string[],
  origin: TemplateOrigin,
  check: Check,
): Promise<string[]> {
  if (ids.length === 0) return []
  const files = ids.map((id) => bundle.files.get(id) ?? '')
  const loaded = await countLoaded({ root: bundle.root, files, signed: origin === 'signed' }, check)
  if (loaded === ids.length) return []
  if (loaded === 0 || ids.length === 1) return ids
  const half = ids.length >> 1
  return [
    ...(await findUnloadable(bundle, ids.slice(0, half), origin, check)),
    ...(await findUnloadable(bundle, ids.slice(half), origin, check)),
  ]
}
