import { pathParameters, queryParameters, requestHeaders } from './parameters.ts'
import { createComponents } from './components.ts'
import type { Described, Operation } from './operation.ts'
import { operations, tags } from './operations.ts'
import { outbound } from './outbound.ts'
import type { OperationName } from './operations.ts'
import { examples } from './examples/all.ts'
import { about } from './about.ts'
import { answerHeaders, commonResponses, responseOf } from './responses.ts'
import { ProblemDocument, problemsOf } from './problems.ts'
import { routeTable } from '../request/permissions.ts'
import type { Needs } from '../request/permissions.ts'

type Json = Record<string, unknown>
type Components = ReturnType<typeof createComponents>

/** The OpenAPI 3.1 document of every route, made of the schemas that validate requests and type answers. */
export function makeDocument(): Json {
  const components = createComponents()
  components.ref(ProblemDocument, 'output')
  const paths: Record<string, Json> = {}
  for (const [name, operation] of Object.entries(operations) as [OperationName, Operation][]) {
    const [method = '', route = ''] = name.split(' ')
    const path = route.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(name, operation, components) }
  }
  const webhooks = outbound(components)
  const schemas = Object.fromEntries(
    Object.entries(components.all()).map(([name, schema]) => [
      name,
      name in examples ? { ...schema, examples: [examples[name]] } : schema,
    ]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assayer',
      version: '1',
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The service that serves this document.' }],
    security: [{ key: [] }],
    tags: Object.keys(tags).map((name) => ({ name })),
    paths,
    webhooks,
    components: {
      schemas,
      responses: commonResponses,
      parameters: requestHeaders,
      headers: answerHeaders,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key of a workspace, `asy_...`.' } },
    },
  }
}

function describe(name: OperationName, operation: Operation, components: Components): Json {
  const needs: Needs | null = name in routeTable ? routeTable[name as keyof typeof routeTable] : null
  const { id, summary, body } = operation
  const permissions =
    needs === null ? 'Needs no key.' : `Needs ${needs.needs.map((one) => `\`${one}\``).join(' and ')}.`
  const parameters = [
    ...pathParameters(operation, (schema) => components.ref(schema, 'input')),
    ...queryParameters(operation),
    ...(operation.headers ?? []).map((header) => ({ $ref: `#/components/parameters/${header}` })),
  ]
  return {
    operationId: id,
    tags: Object.entries(tags).flatMap(([tag, group]) => (name in group ? [tag] : [])),
    summary,
    description: operation.about === undefined ? permissions : `${operation.about} ${permissions}`,
    ...(needs === null ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: requestBody(body, components) } : {}),
    responses: {
      ...answersOf(operation, components),
      ...Object.fromEntries(
        [...problemsOf(operation, needs)].map(([status, codes]) => [status, responseOf(status, codes)]),
      ),
    },
  }
}

function requestBody(
  { schema, example, optional, patch }: NonNullable<Operation['body']>,
  components: Components,
): Json {
  const content = { schema: components.ref(schema, 'input'), example }
  return {
    required: optional !== true,
    content: { ...(patch ? { 'application/merge-patch+json': content } : {}), 'application/json': content },
  }
}

function answersOf(operation: Operation, components: Components): Json {
  const id = operation.list === undefined ? '$response.body#/id' : '$response.body#/data/0/id'
  const links = (operation.links ?? []).map((to) => [to, { operationId: to, parameters: { id } }])
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, described]) => [
      status,
      {
        description: described.about,
        headers: headersOf(described),
        ...contentOf(described, components),
        ...(links.length > 0 && Number(status) < 300 ? { links: Object.fromEntries(links) } : {}),
      },
    ]),
  )
}

const headersOf = ({ headers = [] }: Described): Json =>
  Object.fromEntries(
    ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...headers].map((name) => [
      name,
      { $ref: `#/components/headers/${name}` },
    ]),
  )

function contentOf({ schema, media }: Described, components: Components): Json {
  if (media === undefined) {
    return schema === undefined ? {} : { content: { 'application/json': { schema: components.ref(schema, 'output') } } }
  }
  const entries = Object.entries(media).map(([type, example]) => [
    type,
    { schema: schema === undefined ? { type: typeof example } : components.ref(schema, 'output'), example },
  ])
  return { content: Object.fromEntries(entries) }
}
