import { nucleiEvent } from './nuclei-event.ts'
import type { Source } from '@assayer/schema/export'

/** Nuclei's own event a line, for what reads Nuclei. */
export async function* writeJsonl({ findings }: Source): AsyncGenerator<string> {
  for await (const page of findings()) yield page.map((row) => `${JSON.stringify(nucleiEvent(row))}\n`).join('')
}
