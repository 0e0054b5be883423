const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/**
 * A text with what a reader would not see made visible: control characters, bidirectional overrides, zero-width and tag
 * characters are written out as their number. Line ends and tabs stay.
 */
export const visible = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(unseen, (one) => (one === '\n' || one === '\t' ? one : `\u27e8U+${hex(one)}\u27e9`))

const hex = (one: string): string => (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
