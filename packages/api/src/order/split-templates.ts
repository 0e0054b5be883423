import type { SelectedTemplate } from '@assayer/schema/store'

/** Requests that one target gets from these templates. */
export const sumRequests = (templates: readonly SelectedTemplate[]): number =>
  templates.reduce((n, { requests }) => n + requests, 0)

/** A power of two that is at least `times`, so that hosts of different size share sets. */
export const partsFor = (times: number): number => 2 ** Math.ceil(Math.log2(times))

/** Consecutive slices, each of at most a `parts`th of all requests unless it is a single template. */
export function splitTemplates(templates: readonly SelectedTemplate[], parts: number): SelectedTemplate[][] {
  const most = Math.ceil(sumRequests(templates) / parts)
  const slices: SelectedTemplate[][] = []
  let requests = Infinity
  for (const template of templates) {
    if (requests + template.requests > most) {
      slices.push([])
      requests = 0
    }
    slices.at(-1)?.push(template)
    requests += template.requests
  }
  return slices
}
