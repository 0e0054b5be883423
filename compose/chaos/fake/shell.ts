import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a scanner does that is a shell script: it starts in two milliseconds, asks nobody, and its scan is never covered. */
export type ShellScanner =
  | 'ends-at-once'
  | 'takes-a-second'
  /** Adds its start, nanoseconds of the clock, as a line to the file `starts` beside it. */
  | 'notes-its-start'

const does: Record<ShellScanner, string> = {
  'ends-at-once': 'exit 0',
  'takes-a-second': 'exec sleep 1',
  'notes-its-start': `date +%s%N >> "\${0%/*}/starts"`,
}

/** Writes the script; its path. */
export async function writeShellScanner(folder: string, scanner: ShellScanner): Promise<string> {
  const path = join(folder, 'nuclei.sh')
  const lines = [
    '#!/bin/sh',
    // A scanner's own PATH leads nowhere.
    'PATH=/usr/bin:/bin',
    `if [ "$1" = -version ]; then echo '[INF] Nuclei Engine Version: v3.11.1' >&2; exit 0; fi`,
    'templates=0',
    'for one in "$@"; do',
    '  if [ "$one" = -t ]; then templates=$((templates + 1)); fi',
    '  if [ "$last" = -l ]; then list=$one; fi',
    '  last=$one',
    'done',
    'echo "[INF] Templates loaded for current scan: $templates" >&2',
    `if [ -s "$list" ]; then ${does[scanner]}; fi`,
  ]
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o755 })
  return path
}
