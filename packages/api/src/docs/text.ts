import { markup } from '../export/markup.ts'
import type { Markup } from '../export/markup.ts'

/** A sentence of the document, in which `code` is set off. */
export const prose = (text: string): Markup => ({
  html: text
    .split('`')
    .map((part, at) => (at % 2 === 0 ? markup`${part}` : markup`<code>${part}</code>`).html)
    .join(''),
})

/** A value as JSON that a person reads. */
export const json = (value: unknown): Markup => markup`<pre>${JSON.stringify(value, null, 2)}</pre>`
