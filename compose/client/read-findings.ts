import { apiOf, dataOf } from './http.ts'
import type { Service } from './http.ts'
import type { Finding } from './types.ts'

/** All findings of a scan, page by page. */
export async function readFindings(service: Service, scanId: string, signal?: AbortSignal): Promise<Finding[]> {
  const api = apiOf(service)
  const findings: Finding[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor === null ? {} : { cursor }) }
    const params = { path: { id: scanId }, query }
    const page = dataOf(await api.GET('/v1/scans/{id}/findings', { params, ...(signal ? { signal } : {}) }))
    findings.push(...page.data)
    cursor = page.nextCursor
  } while (cursor !== null)
  return findings
}
