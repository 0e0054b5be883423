import { call } from './http.ts'
import type { Service } from './http.ts'
import type { Finding, Page } from './types.ts'

/** All findings of a scan, page by page. */
export async function readFindings(service: Service, scanId: string, signal?: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const response = await call(service, `/v1/scans/${scanId}/findings?limit=200${query}`, signal ? { signal } : {})
    const page = (await response.json()) as Page<Finding>
    findings.push(...page.data)
    cursor = page.nextCursor
  } while (cursor !== null)
  return findings
}
