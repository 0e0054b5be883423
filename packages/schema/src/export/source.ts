import { problem } from '../problem.ts'
import { severities } from '../severity.ts'
import type { Coverage } from '../scan-state.ts'
import { countByTemplate, exportFindings, listCoverage, scanState, twice } from '../store/index.ts'
import type { ExportPlace, ExportedFinding, ScanRow, Sql, TargetOutcome, TemplateCount } from '../store/index.ts'
import { renderScan } from '../render/index.ts'

/** What a format is written from: the scan as it was when the export began, and its rows a page at a time. */
export type Source = {
  scan: ReturnType<typeof renderScan>
  evidence: boolean
  /** Worst first, template by template. Throws when the scan was deleted meanwhile: what came before is not all of it. */
  findings(): AsyncGenerator<ExportedFinding[]>
  /** How often each template found something, in the order of `findings`. */
  templates(): Promise<TemplateCount[]>
  /** Targets of these coverages, in the order they were ordered. Throws as `findings` does. */
  targets(coverages: readonly Coverage[]): AsyncGenerator<TargetOutcome[]>
}

/** A format as chunks of text; of any number of findings it holds no more than a page at once. */
export type Write = (source: Source) => AsyncGenerator<string>

const targetsAtOnce = 500

/** Reads a scan for an export. `goOn` is asked before each page and throws when the export has to end. */
export function sourceOf(
  sql: Sql,
  row: ScanRow,
  options: { now: Date; evidence: boolean; goOn(): Promise<void> },
): Source {
  const { now, evidence, goOn } = options
  const { workspaceId, id } = row
  const mustBeThere = async () => {
    if ((await twice(() => scanState(sql, workspaceId, id))) === null) throw problem('scan-not-found')
  }
  return {
    scan: renderScan(row, now),
    evidence,
    async *findings() {
      for (const severity of severities) {
        let after: ExportPlace | null = null
        for (;;) {
          await goOn()
          const place: ExportPlace | null = after
          const page: ExportedFinding[] = await twice(() =>
            exportFindings(sql, workspaceId, id, { severity, after: place, evidence }),
          )
          const last: ExportedFinding | undefined = page.at(-1)
          if (last === undefined) break
          yield page
          after = last
        }
      }
      await mustBeThere()
    },
    async templates() {
      const counts = await twice(() => countByTemplate(sql, workspaceId, id))
      return severities.flatMap((severity) => counts.filter((one) => one.severity === severity))
    },
    async *targets(coverages) {
      for (let after: number | null = null; ;) {
        await goOn()
        const filter = { coverages: [...coverages], after, limit: targetsAtOnce }
        const page: TargetOutcome[] = await twice(() => listCoverage(sql, workspaceId, id, filter))
        if (page.length > 0) yield page
        if (page.length < targetsAtOnce) return await mustBeThere()
        after = page.at(-1)?.ordinal ?? null
      }
    },
  }
}
