import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('nuclei.ts', import.meta.url))

/** An executable in this folder that stands in for the Nuclei binary and does what the plan says; its path. */
export async function writeFakeScanner(folder: string, planFile: string): Promise<string> {
  const path = join(folder, 'nuclei.mjs')
  const lines = [
    `#!${process.execPath}`,
    `import { runFakeNuclei } from ${JSON.stringify(entry)}`,
    `await runFakeNuclei(${JSON.stringify(planFile)}, process.argv.slice(2))`,
  ]
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o755 })
  return path
}
