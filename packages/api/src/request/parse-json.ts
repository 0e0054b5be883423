/** Deepest nesting of a body that is read. */
const deepest = 64

export type JsonRead = { ok: true; value: unknown } | { ok: false; message: string }

/**
 * JSON.parse with what it lets through refused: a key that appears twice in one object (RFC 8259 leaves open which one
 * counts) and nesting deeper than 64. The message repeats nothing of the text.
 */
export function parseJson(text: string): JsonRead {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, message: 'The body does not parse as JSON (RFC 8259)' }
  }
  const flaw = structureFlaw(text)
  return flaw === null ? { ok: true, value } : { ok: false, message: flaw }
}

/** Walks the tokens of a text that is known to be valid JSON. */
function structureFlaw(text: string): string | null {
  const open: (Set<string> | null)[] = []
  let keyFollows = false
  for (let at = 0; at < text.length; at++) {
    switch (text.charAt(at)) {
      case '"': {
        const end = endOfString(text, at)
        const keys = keyFollows ? open.at(-1) : null
        if (keys) {
          const key = readString(text.slice(at, end + 1))
          if (keys.has(key)) return 'An object has the same key twice'
          keys.add(key)
        }
        keyFollows = false
        at = end
        break
      }
      case '{':
      case '[':
        open.push(text[at] === '{' ? new Set() : null)
        if (open.length > deepest) return `The body is nested deeper than ${deepest}`
        keyFollows = text[at] === '{'
        break
      case '}':
      case ']':
        open.pop()
        keyFollows = false
        break
      case ',':
        keyFollows = open.at(-1) != null
        break
      default:
    }
  }
  return null
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

const readString = (token: string): string =>
  token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
