const most = 400
const longest = 100

/**
 * The words of a text as template search compares them: runs of letters and digits in lower case, so `CVE-2021-44228` is three.
 * Each once, at most 400, none longer than 100 characters.
 */
export function searchWords(...texts: readonly string[]): string[] {
  const words =
    texts
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.map((word) => word.slice(0, longest).toWellFormed()))].slice(0, most)
}
