import { measure, refuseDsl, refuseText } from './expressions.ts'
import { permittedKeys } from './permitted-keys.ts'
import { invalid, isObject, notPermitted, onlyKeys } from './refusal.ts'
import type { Node } from './refusal.ts'

const mostRead = 4_194_304

/** Of a text that becomes part of others: no brace may be left in it, as two parts could make an expression. */
export function plainSize(value: unknown, where: string, sizes: ReadonlyMap<string, number>): number {
  if (typeof value === 'object' && value !== null) throw notPermitted('a list or mapping as a value', where)
  const text = String(value)
  if (/[{}]/.test(text.replaceAll(/\{\{[^{}]*\}\}/g, ''))) throw notPermitted('braces outside an expression', where)
  const size = measure(text, sizes)
  if (typeof size === 'string') throw notPermitted(size, where)
  if (size > mostRead) throw notPermitted('a text that grows without bound', where)
  return size
}

/** Refuses a request that may do more than ask the target; returns how many a target gets of it. */
export function judgeRequest(
  protocol: string,
  request: unknown,
  where: string,
  variables: ReadonlyMap<string, number>,
): number {
  if (!isObject(request)) throw invalid(`A request must be a mapping (${where})`)
  const { name, ...rest } = request
  const isDns = protocol === 'dns'
  onlyKeys(rest, permittedKeys[protocol as 'http' | 'dns' | 'tcp' | 'ssl'], where)
  if (isDns && typeof name === 'string' && !/\{\{(?:FQDN|RDN|Host|Hostname)\}\}\.?$/.test(name))
    throw notPermitted('a name that does not end with the target', `${where}/name`)
  const sizes = new Map(variables)
  const combinations = judgePayloads(request['payloads'], request['attack'], where, sizes)
  judgePlaces(protocol, request, where)
  judgeTexts(request, where, sizes)
  for (const size of [request['max-size'], request['read-size']])
    if (typeof size === 'number' && size > mostRead) throw notPermitted('a size over 4 MiB', where)
  const sends = isArrayOf(request['raw']) + isArrayOf(request['path']) + isArrayOf(request['host'])
  return Math.max(1, sends) * combinations
}

const isArrayOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

function judgePayloads(payloads: unknown, attack: unknown, where: string, sizes: Map<string, number>): number {
  if (payloads === undefined) return 1
  if (!isObject(payloads)) throw invalid(`payloads must be a mapping (${where})`)
  const lengths: number[] = []
  for (const [name, values] of Object.entries(payloads)) {
    if (!Array.isArray(values)) throw notPermitted('a payload that is no list, which names a file', `${where}/payloads`)
    const longest = values.map((value) => plainSize(value, `${where}/payloads`, sizes))
    sizes.set(name, Math.max(0, ...longest))
    lengths.push(values.length)
  }
  if (attack === 'clusterbomb') return lengths.reduce((product, n) => product * n, 1)
  return Math.max(1, ...lengths)
}

const start: Record<string, [key: string, form: RegExp]> = {
  http: ['path', /^(?:\{\{(?:BaseURL|RootURL|Scheme)\}\}|https?:\/\/\{\{(?:Hostname|Host)\}\})/],
  tcp: ['host', /^(?:tls:\/\/)?\{\{(?:Hostname|Host)\}\}(?::(?:\d{1,5}|\{\{Port\}\}))?$/],
  ssl: ['address', /^\{\{(?:Hostname|Host)\}\}(?::(?:\d{1,5}|\{\{Port\}\}))?$/],
}

/** Where requests go: nowhere but to the target. The wall holds that too, but a name would be looked up before it. */
function judgePlaces(protocol: string, request: Node, where: string): void {
  const [key, form] = start[protocol] ?? []
  if (key === undefined || form === undefined) return
  const places = [request[key] ?? []].flat()
  if (places.some((place) => typeof place !== 'string' || !form.test(place)))
    throw notPermitted(`a ${key} that does not begin with the target`, where)
  if (protocol === 'ssl' && !['auto', 'ctls', 'ztls'].some((mode) => mode === (request['scan_mode'] ?? 'auto')))
    throw notPermitted('this scan_mode', where)
}

function judgeTexts(request: Node, where: string, sizes: ReadonlyMap<string, number>): void {
  const { payloads: _, ...rest } = request
  const walk = (value: unknown, at: string, dsl: boolean): void => {
    if (typeof value === 'string') {
      const refused = dsl ? refuseDsl(value) : refuseText(value, sizes)
      if (refused !== null) throw notPermitted(refused, at)
    } else if (Array.isArray(value)) {
      for (const inner of value) walk(inner, at, dsl)
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        walk(key, at, false)
        walk(inner, `${at}/${key}`.slice(0, 100), dsl || (key === 'dsl' && /(?:matchers|extractors)$/.test(at)))
      }
    }
  }
  walk(rest, where, false)
  for (const [list, permitted] of [
    ['matchers', permittedKeys.matcher],
    ['extractors', permittedKeys.extractor],
    ['inputs', permittedKeys.input],
  ] as const)
    for (const one of [rest[list] ?? []].flat()) if (isObject(one)) onlyKeys(one, permitted, `${where}/${list}`)
}
