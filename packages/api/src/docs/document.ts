import openapi from '../../openapi.json' with { type: 'json' }

/** The parts of JSON Schema that the document uses. */
export type Schema = {
  $ref?: string
  type?: string
  description?: string
  enum?: readonly string[]
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: Schema | boolean
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  maxProperties?: number
  examples?: readonly unknown[]
}
type Media = { schema?: Schema; example?: unknown }
export type Parameter = { name: string; in: string; description?: string; required?: boolean; schema: Schema }
export type Response = { $ref?: string; description?: string; content?: Record<string, Media> }
export type Operation = {
  operationId: string
  tags: readonly string[]
  summary: string
  description: string
  security?: readonly unknown[]
  parameters?: readonly (Parameter | { $ref: string })[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, Response>
}
type Document = {
  info: { title: string; version: string; description: string }
  tags: readonly { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, Response>
    parameters: Record<string, Parameter>
  }
}

/** The OpenAPI document that is checked in. */
export const document = openapi as unknown as Document

/** The name at the end of a reference. */
export const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ''
