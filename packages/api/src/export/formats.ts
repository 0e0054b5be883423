import { writeCsv } from './csv.ts'
import { writeHtml } from './html.ts'
import { writeJsonl } from './jsonl.ts'
import { writeMarkdown } from './markdown.ts'
import { writeSarif } from '@assayer/schema/export'
import type { Write } from '@assayer/schema/export'

export type Format = { media: string; charset?: 'utf-8'; extension: string; write: Write }

/** What a scan can be exported as. */
export const formats = {
  jsonl: { media: 'application/x-ndjson', extension: 'jsonl', write: writeJsonl },
  csv: { media: 'text/csv', charset: 'utf-8', extension: 'csv', write: writeCsv },
  sarif: { media: 'application/sarif+json', extension: 'sarif', write: writeSarif },
  html: { media: 'text/html', charset: 'utf-8', extension: 'html', write: writeHtml },
  markdown: { media: 'text/markdown', charset: 'utf-8', extension: 'md', write: writeMarkdown },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as FormatName[]
