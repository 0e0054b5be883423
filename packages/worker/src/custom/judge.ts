import { readTemplate } from '../bundle/read-template.ts'
import type { ReadTemplate } from '../bundle/read-template.ts'
import { judgeRequest, plainSize } from './judge-request.ts'
import { permittedKeys, protocolOf } from './permitted-keys.ts'
import { parsePlain } from './plain-yaml.ts'
import { invalid, isObject, notPermitted, onlyKeys, Refusal } from './refusal.ts'

const longestTemplate = 65_536
const mostRequests = 10_000
const mostVariables = 50
/** Enough for a chain of all variables, and for one that doubles itself to grow past every bound. */
const passes = 60

export type Refused = { ok: false; code: 'template-invalid' | 'template-not-permitted'; message: string }
export type Judged = {
  ok: true
  read: ReadTemplate
  /** The template as it is run: JSON, so that no YAML reader can find in it what another did not. */
  runnable: string
}

/**
 * Reads a custom template and refuses what a template of a user may not do: anything but asking the target over http, dns, ssl or
 * tcp. Reads no file and starts nothing. Whether Nuclei takes it is another question (validate.ts).
 */
export function judgeTemplate(source: string): Judged | Refused {
  try {
    return judge(source)
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message }
    throw error
  }
}

function judge(source: string): Judged {
  if (Buffer.byteLength(source) > longestTemplate) throw invalid('The template has more than 65,536 bytes')
  const template = parsePlain(source)
  if (!isObject(template)) throw invalid('The template is no YAML mapping')
  const keys = Object.keys(template).filter((key) => key in protocolOf) as (keyof typeof protocolOf)[]
  onlyKeys(template, permittedKeys.template, 'template')
  const [key, ...others] = keys
  if (key === undefined) throw invalid('The template has no http, dns, ssl or tcp requests')
  if (others.length > 0) throw notPermitted('requests of two kinds', others.join(', '))
  const sizes = sizesOf(template['variables'])
  const requests = template[key]
  if (!Array.isArray(requests) || requests.length === 0) throw invalid(`${key} must be a list of requests`)
  const sent = requests.reduce<number>(
    (sum, request, at) => sum + judgeRequest(protocolOf[key], request, `${key}/${at}`, sizes),
    0,
  )
  if (sent > mostRequests) throw notPermitted('more than 10,000 requests a target', key)
  const runnable = `${JSON.stringify(template, null, 1)}\n`
  const read = readTemplate(Buffer.from(runnable))
  if (read === null) throw invalid('The template needs an id of letters, digits, "_", "." or "-", and info with a name')
  read.template.requests = Math.max(read.template.requests, sent)
  return { ok: true, read, runnable }
}

/** The greatest length of each variable. */
function sizesOf(variables: unknown): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  if (variables === undefined) return sizes
  if (!isObject(variables)) throw invalid('variables must be a mapping')
  const entries = Object.entries(variables)
  if (entries.length > mostVariables) throw notPermitted('more than 50 variables', 'variables')
  // A variable may use those before and after it, and they others in turn.
  for (let pass = 0; pass < passes; pass++) {
    for (const [name, value] of entries) {
      if (!/^[A-Za-z_]\w{0,63}$/.test(name)) throw invalid('The name of a variable must be letters, digits and "_"')
      sizes.set(name, plainSize(value, `variables/${name}`, sizes))
    }
  }
  return sizes
}
