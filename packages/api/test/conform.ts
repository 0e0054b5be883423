import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

type Json = Record<string, unknown>
type Content = Record<string, { schema?: Json; example?: unknown }>
type Response = { $ref?: string; content?: Content; headers?: Record<string, unknown> }
export type DocumentedOperation = {
  operationId: string
  requestBody?: { content: Content }
  responses: Record<string, Response>
}
type Document = {
  paths: Record<string, Record<string, DocumentedOperation>>
  components: { schemas: Record<string, Json>; responses: Record<string, Response> }
}

/** The OpenAPI document that is checked in. */
export const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')) as Document

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'doc', components: closed(document.components) as Json })
const compiled = new Map<string, ValidateFunction>()
ajv.addSchema({ $id: 'open', components: document.components })

const paths = Object.keys(document.paths).map((path) => ({
  path,
  form: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** The operation that answers a request; undefined where there is none. HEAD is a GET. */
function operationOf(method: string, url: string): DocumentedOperation | undefined {
  const [path = ''] = url.split('?')
  const name = (method === 'HEAD' ? 'GET' : method).toLowerCase()
  // A path that is one to the letter is no id.
  if (document.paths[path]) return document.paths[path][name]
  const found = paths.filter(({ form }) => form.test(path)).map((one) => document.paths[one.path]?.[name])
  return found.find((one) => one !== undefined)
}

/**
 * What in an answer is not as the document says: status, media type, a field too many or too few, a value of another kind.
 * Stricter than the document for clients, which keeps objects open.
 */
export function nonconformity(method: string, url: string, status: number, headers: Headers, text: string): string[] {
  const operation = operationOf(method, url)
  if (operation === undefined) return status === 404 || status === 405 ? [] : ['the route is not in the document']
  const named = operation.responses[String(status)]
  if (named === undefined) return [`${operation.operationId} does not list status ${status}`]
  const response = named.$ref === undefined ? named : resolve(named.$ref)
  if (method === 'HEAD' || text === '') return []
  const [media = ''] = (headers.get('Content-Type') ?? '').split(';')
  const content = response.content?.[media]
  if (content === undefined) return [`${operation.operationId} ${status} does not list ${media}`]
  if (!/[/+]json$/.test(media)) return []
  return mistakes('doc', closed(content.schema ?? {}) as Json, JSON.parse(text))
}

/** What is wrong with a value by a schema of the document, as clients read it. */
export const mistakesBySchema = (schema: Json, value: unknown): string[] => mistakes('open', schema, value)

function mistakes(base: string, schema: Json, value: unknown): string[] {
  const text = JSON.stringify(rebased(schema, base))
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Json)
  compiled.set(text, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
}

function resolve(ref: string): Response {
  const response = document.components.responses[ref.split('/').at(-1) ?? '']
  if (response === undefined) throw new Error(`${ref} is not in the document`)
  return response
}

function each(value: unknown, change: (one: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((one) => each(one, change))
  if (typeof value !== 'object' || value === null) return value
  return change(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, each(one, change)])))
}

/** Objects that list their properties have no others. */
function closed(value: unknown): unknown {
  return each(value, (one) =>
    one['type'] === 'object' && typeof one['properties'] === 'object' && !('additionalProperties' in one)
      ? { ...one, additionalProperties: false }
      : one,
  )
}

const rebased = (value: unknown, base: string): unknown =>
  each(value, (one) => (typeof one['$ref'] === 'string' ? { ...one, $ref: `${base}${one['$ref']}` } : one))
