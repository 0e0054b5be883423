/** Helper functions that make a text of what they are given, none of which reads, connects, waits, decodes or grows. */
const making = [
  ...[
    'len',
    'to_upper',
    'toupper',
    'to_lower',
    'tolower',
    'to_title',
    'to_string',
    'to_number',
    'replace',
    'trim',
    'trim_left',
  ],
  ...['trim_right', 'trim_space', 'trim_prefix', 'trim_suffix', 'reverse', 'substr', 'concat', 'base64', 'base64_py'],
  ...[
    'hex_encode',
    'url_encode',
    'html_escape',
    'hmac',
    'md5',
    'sha1',
    'sha256',
    'sha512',
    'mmh3',
    'dec_to_hex',
    'hex_to_dec',
  ],
  ...[
    'rand_int',
    'rand_ip',
    'rand_base',
    'rand_char',
    'rand_text_alpha',
    'rand_text_alphanumeric',
    'rand_text_numeric',
  ],
  ...['unix_time', 'to_unix_time', 'date_time'],
]
/** Those that judge or read an answer: what comes out of a matcher or extractor is never evaluated again. */
const judging = [
  ...making,
  ...[
    'contains',
    'contains_all',
    'contains_any',
    'starts_with',
    'line_starts_with',
    'ends_with',
    'line_ends_with',
    'regex',
  ],
  ...[
    'regex_all',
    'regex_any',
    'equals_any',
    'compare_versions',
    'base64_decode',
    'hex_decode',
    'url_decode',
    'html_unescape',
  ],
  ...['json_minify', 'json_prettify', 'sort', 'uniq', 'split', 'join', 'index', 'count', 'to_bool', 'remove_bad_chars'],
  ...['oct_to_dec', 'bin_to_dec', 'unpack', 'replace_regex'],
]
const sets = { making: new Set(making), judging: new Set(judging) }

type Refusal = { refused: string }
/** The names an expression reads and the functions it calls. */
type Read = { names: string[]; calls: string[]; numbers: number[]; literals: string[] }

const token =
  /\s+|([A-Za-z_]\w*)(\s*\()?|(\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|[-+*/%()<>=!&|,?:~^.]/suy

/** Reads an expression of Nuclei's (govaluate), or says that it is none that can be read for certain. */
function read(expression: string): Read | Refusal {
  const found: Read = { names: [], calls: [], numbers: [], literals: [] }
  for (let at = 0; at < expression.length;) {
    token.lastIndex = at
    const match = token.exec(expression)
    if (match === null) return { refused: 'an expression that cannot be read for certain' }
    const [whole, name, call, number, single, double] = match
    if (name !== undefined) (call === undefined ? found.names : found.calls).push(name)
    if (number !== undefined) found.numbers.push(Number(number))
    const literal = single ?? double
    if (literal !== undefined) found.literals.push(literal)
    at += whole.length
  }
  return found
}

/** What is wrong with the expression of a matcher or extractor; null when nothing is. */
export function refuseDsl(expression: string): string | null {
  const found = read(expression)
  if ('refused' in found) return found.refused
  const call = found.calls.find((name) => !sets.judging.has(name))
  if (call !== undefined) return `the function ${call}`
  return found.literals.map((text) => refuseText(text, new Map())).find((refusal) => refusal !== null) ?? null
}

const mostCharacters = 262_144

/**
 * What is wrong with a text that may hold `{{expressions}}`; null when nothing is. `sizes` are the greatest lengths of the
 * template's variables: a text that could grow past 256 KiB is refused.
 */
export function refuseText(text: string, sizes: ReadonlyMap<string, number>): string | null {
  const size = measure(text, sizes)
  if (typeof size === 'string') return size
  return size > mostCharacters ? 'a text that grows past 256 KiB' : null
}

/** The greatest length of a text once its expressions are evaluated, or what is wrong with it. */
export function measure(text: string, sizes: ReadonlyMap<string, number>): number | string {
  if (text.includes('\u00a7')) return 'the character \u00a7, which marks expressions'
  if (/interactsh/i.test(text)) return 'interactsh'
  let size = text.length
  for (let open = text.indexOf('{{'); open !== -1;) {
    const close = text.indexOf('}}', open)
    if (close === -1) return 'an expression that does not end'
    const inner = text.slice(open + 2, close)
    if (/[{}]/.test(inner)) return 'braces inside an expression'
    const found = read(inner)
    if ('refused' in found) return found.refused
    const call = found.calls.find((name) => !sets.making.has(name))
    if (call !== undefined) return `the function ${call}`
    const given = found.names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), inner.length)
    const drawn = found.calls.some((name) => /^rand_(?:text|base)/.test(name)) ? found.numbers : []
    size += drawn.reduce((sum, n) => sum + n, given) * 3 ** Math.min(found.calls.length, 20)
    open = text.indexOf('{{', close + 2)
  }
  return size
}
