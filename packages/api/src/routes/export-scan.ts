import { formatId, problem } from '@assayer/schema'
import { getScan, noteEvidenceExport } from '@assayer/schema/store'
import type { ScanRow } from '@assayer/schema/store'
import { streamOf } from '../events/stream-of.ts'
import { formatNames, formats } from '../export/formats.ts'
import type { FormatName } from '../export/formats.ts'
import { contentSecurityPolicy } from '../export/html-summary.ts'
import { sourceOf } from '@assayer/schema/export'
import { auditOf } from '../request/act.ts'
import { requireAccepted } from '../request/accepts.ts'
import { invalidKey } from '../request/authenticate.ts'
import type { Answer, Call, Handler } from '../request/call.ts'
import { oneOf } from '../request/filters.ts'
import { readFilters } from '../request/query.ts'
import { createShares } from '../request/shares.ts'
import { requirePermission } from '../request/require-permission.ts'
import { invalidInput } from '../request/validate.ts'
import { scanIdOf } from './scans.ts'

const flag = oneOf(['true', 'false'], 1)
export const exportFilters = { format: oneOf(formatNames, 1), evidence: flag, allowPartial: flag }
const keyCheckMs = 1000
/** A reader who takes nothing for this long is gone. */
const stallMs = 60_000

/**
 * `GET /v1/scans/{id}/export`, with `mostExports` of them written at once, for one key half at most of what others leave. A scan that
 * has not ended can be exported: state and coverage are those of the beginning. An export that cannot be finished breaks its connection, so that nobody takes a part
 * for the whole.
 */
export function createExportHandler(mostExports: number): Handler {
  const open = createShares(mostExports)
  return async (call) => {
    const { deps, c, actor, requestId } = call
    const scanId = scanIdOf(c.req.param('id'))
    const { name, evidence, allowPartial } = readChoice(c.req.url)
    requireAccepted(c.req.header('Accept'), formats[name].media)
    if (evidence) requirePermission(actor, 'evidence:read')
    const row = await getScan(deps.sql, actor.workspaceId, scanId)
    if (row === null) throw problem('scan-not-found')
    if (name === 'sarif' && row.state !== 'completed' && !allowPartial) throw incomplete(row)
    if (deps.draining()) throw problem('draining', { headers: { 'Retry-After': '2' } })
    const headers = await headersOf(name, row)
    if (c.req.method === 'HEAD') return { status: 200, body: null, headers }
    const close = open.take(actor.createdBy.id)
    if (close === null) throw problem('overloaded', { headers: { 'Retry-After': '5' } })
    try {
      if (evidence) await noteEvidence(call, scanId, name)
    } catch (error) {
      close()
      throw error
    }
    const source = sourceOf(deps.sql, row, { now: deps.now(), evidence, goOn: keyCheck(call) })
    const body = streamOf(() => formats[name].write(source), {
      error: (err) => deps.log.warn({ err, requestId, scanId }, 'export broke'),
      end: close,
      breaksAfter: stallMs,
    })
    return { status: 200, body, headers }
  }
}

function readChoice(url: string): { name: FormatName; evidence: boolean; allowPartial: boolean } {
  const chosen = readFilters(url, exportFilters)
  const [name] = chosen.format
  if (name === undefined) {
    throw invalidInput([
      { in: 'query', name: 'format', code: 'required', message: `is missing: ${formatNames.join(', ')}` },
    ])
  }
  return { name, evidence: chosen.evidence[0] === 'true', allowPartial: chosen.allowPartial[0] === 'true' }
}

const incomplete = ({ state }: ScanRow) =>
  problem('scan-not-complete', {
    detail: `The scan is ${state}: a reader of SARIF takes missing results for fixed ones. allowPartial=true exports it all the same`,
  })

async function noteEvidence(call: Call, scanId: string, format: FormatName): Promise<void> {
  const { deps, actor } = call
  const noted = await noteEvidenceExport(deps.sql, actor.workspaceId, scanId, { ...auditOf(call), format })
  if (!noted) throw problem('scan-not-found')
}

/** Throws when the key is no longer valid, at which it looks once a second. */
function keyCheck({ actor }: Call): () => Promise<void> {
  let next = performance.now() + keyCheckMs
  return async () => {
    if (performance.now() < next) return
    next = performance.now() + keyCheckMs
    if (!(await actor.stillValid())) throw invalidKey()
  }
}

async function headersOf(name: FormatName, row: ScanRow): Promise<Answer['headers']> {
  const { media, extension, ...rest } = formats[name]
  const { state, reason, coverage } = row
  const why = reason === null ? '' : `; reason=${reason.code.replaceAll(/[^\w.-]/g, '-')}`
  const { asked, covered, partial, unreachable, skipped, pending } = coverage
  const counts = Object.entries({ asked, covered, partial, unreachable, skipped, pending })
  return {
    'Content-Type': 'charset' in rest ? `${media}; charset=${rest.charset}` : media,
    'Content-Disposition': `attachment; filename="assayer-${formatId('scan', row.id)}.${extension}"`,
    'Assayer-Scan-State': `${state}${why}`,
    'Assayer-Coverage': counts.map(([key, count]) => `${key}=${count}`).join(', '),
    ...(name === 'html'
      ? { 'Content-Security-Policy': `${await contentSecurityPolicy()}; frame-ancestors 'none'; sandbox` }
      : {}),
  }
}
