/** The words of a template literal: long tables of test inputs without white space, as they are. */
export function words(text: TemplateStringsArray): string[] {
  return text.raw.join('').trim().split(/\s+/)
}
