import { visible } from '@assayer/schema/export'

/** HTML that may be put into other HTML as it is. */
export type Markup = { html: string }
type Part = Markup | readonly Markup[] | string | number

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * HTML of a template literal. Text that is put in is escaped, and what a reader would not see in it is made visible; only what
 * came out of here goes in as it is. Values stand in text or in quoted attributes, nowhere else.
 */
export const markup = (texts: TemplateStringsArray, ...parts: Part[]): Markup => ({
  html: texts.map((text, at) => `${text}${at < parts.length ? shown(parts[at] ?? '') : ''}`).join(''),
})

export const nothing: Markup = { html: '' }

function shown(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return visible(part).replaceAll(/[&<>"']/g, (one) => entities[one] ?? '')
  return 'html' in part ? part.html : part.map(shown).join('')
}
