/** What was measured, the value, and the aim or that it is the machine's own ceiling. */
export type Row = [what: string, value: string, aim: string]
export type Table = { title: string; rows: Row[] }

/** A table for a terminal and for a page alike. */
export function renderTable({ title, rows }: Table): string {
  const all: Row[] = [['what', 'measured', 'aim'], ...rows]
  const widths = [0, 1, 2].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  const line = (row: Row) => `| ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head, ...rest] = all.map(line)
  return [`## ${title}`, '', head, rule, ...rest].join('\n')
}

/** The whole page. */
export function pageOf(tables: Table[], at: { versions: string; machine: string; seconds: number }): string {
  const head = `# Performance

Written by \`npx -y pnpm@12 bench --write\`; never edited by hand.

Measured with the production bundles and the flags of the images, on ${at.versions}; ${at.machine}; ${new Date().toISOString().slice(0, 10)}.
Load generator, API and PostgreSQL share these cores, so rates are to be read beside the ceilings of the same run: \`node:http\`
that says hello, and a bare route that sends one \`select\` over a pool like the API's. A rate is what was answered 2xx over
${at.seconds} s on 48 kept-alive connections after a warm-up. What a run
gave while others worked on the machine is below what it can do, ceilings and all. Stored are 1,000 ended scans and 20,000 findings; the key is a stored one.
`
  return `${[head, ...tables.map(renderTable)].join('\n\n').replaceAll('\n\n\n', '\n\n')}\n`
}
