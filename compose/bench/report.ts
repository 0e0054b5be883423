/** What was measured, the value, and the aim or that it is the machine's own ceiling. */
export type Row = [what: string, value: string, aim: string]
/** `note` says, where the page needs it, how the rows were measured. */
export type Table = { title: string; note?: string | undefined; rows: Row[] }

/** A table for a terminal and for a page alike. */
export function renderTable({ title, rows }: Pick<Table, 'title' | 'rows'>): string {
  return [`## ${title}`, '', tableOf(head, rows)].join('\n')
}

/** A table as the formatter leaves it. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, at) => Math.max(3, ...all.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

const head = ['what', 'measured', 'aim']
const top = `# Performance

Written by \`npx -y pnpm@12 bench --write\`, with \`--only NAME\` one section of it; never edited by hand.

Measured with the production bundles and the flags of the images; each section says when, on what, and with which versions.
Load generator, service, scanner and PostgreSQL share these cores, so rates are to be read beside the ceilings of the same run:
\`node:http\` that says hello, a bare route that sends one \`select\` over a pool like the API's, and raw Nuclei. What a run
gave while others worked on the machine is below what it can do, ceilings and all. How soon faults are overcome and work is
claimed is measured by \`chaos --full\`, not here.
`

/**
 * The whole page: sections that were measured take the place of those of the same title on the page there was, the others stay
 * as they were; \`order\` are all titles.
 */
export function pageOf(before: string, tables: Table[], order: readonly string[], at: string): string {
  const kept = new Map(
    before
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)?.[1] ?? '', text.trim()]),
  )
  for (const { title, note, rows } of tables)
    kept.set(title, [`## ${title}`, '', note === undefined ? at : `${at} ${note}`, '', tableOf(head, rows)].join('\n'))
  return `${[top.trim(), ...order.flatMap((title) => kept.get(title) ?? [])].join('\n\n')}\n`
}
