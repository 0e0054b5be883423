import { markup, nothing } from '../export/markup.ts'
import type { Markup } from '../export/markup.ts'
import { document, nameOf } from './document.ts'
import type { Operation, Parameter, Response } from './document.ts'
import { boundsOf, typeOf } from './schema.ts'
import { json, prose } from './text.ts'

/** One operation: what it does, what it takes, a request to copy, what it answers. */
export function operationOf(method: string, path: string, operation: Operation): Markup {
  const { operationId, summary, description } = operation
  return markup`<article id="${operationId}">
<h3><span class="method method-${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p class="lead">${summary}</p>
<p>${prose(description)}</p>
${parametersOf(operation)}${bodyOf(operation)}
<h4>Request</h4><pre>${curlOf(method, path, operation)}</pre>
<h4>Answers</h4>${answersOf(operation)}
</article>\n`
}

function parametersOf({ parameters = [] }: Operation): Markup {
  if (parameters.length === 0) return nothing
  const rows = parameters.map((given) => {
    const { name, description = '', required, schema, ...at } = resolved(given)
    const bounds = boundsOf(schema)
    const said = markup`${prose(description)}${bounds === '' ? nothing : markup` <span class="soft">${bounds}</span>`}`
    const mark = required ? markup` <span class="soft">needed</span>` : nothing
    return markup`<tr><td><code>${name}</code>${mark}</td><td>${at.in}</td><td>${typeOf(schema)}</td><td>${said}</td></tr>\n`
  })
  const heads = markup`<thead><tr><th>Parameter</th><th>In</th><th>Is</th><th></th></tr></thead>`
  return markup`<h4>Parameters</h4><table>${heads}<tbody>${rows}</tbody></table>`
}

function bodyOf({ requestBody }: Operation): Markup {
  const [[media, content] = []] = Object.entries(requestBody?.content ?? {})
  if (media === undefined || content?.schema === undefined) return nothing
  const needed = requestBody?.required ? '' : ', may be left out'
  return markup`<h4>Body</h4><p>${typeOf(content.schema)} as <code>${media}</code>${needed}</p>${json(content.example)}`
}

function answersOf({ responses }: Operation): Markup {
  const rows = Object.entries(responses).map(([status, given]) => {
    const response = given.$ref === undefined ? given : document.components.responses[nameOf(given.$ref)]
    const kind = status < '300' ? 'good' : status < '400' ? 'soft' : 'bad'
    return markup`<tr><td class="${kind}">${status}</td><td>${prose(response?.description ?? '')}</td><td>${contentOf(response)}</td></tr>\n`
  })
  const refused = rows.filter((_, at) => (Object.keys(responses)[at] ?? '') >= '400')
  const heads = markup`<thead><tr><th>Status</th><th></th><th>Body</th></tr></thead>`
  const table = (some: readonly Markup[]) => markup`<table>${heads}<tbody>${some}</tbody></table>`
  const rest = markup`<details><summary>${refused.length} refusals</summary>${table(refused)}</details>`
  return markup`${table(rows.slice(0, rows.length - refused.length))}${refused.length === 0 ? nothing : rest}`
}

function contentOf(response: Response | undefined): Markup {
  const kinds = Object.entries(response?.content ?? {})
  if (kinds.length === 0) return markup`<span class="soft">none</span>`
  const parts = kinds.map(([media, { schema = {} }]) =>
    media === 'application/json' || media === 'application/problem+json'
      ? typeOf(schema)
      : markup`<code>${media}</code> `,
  )
  return { html: parts.map(({ html }) => html).join('<br>') }
}

/** A request for a shell, with the example of the document as its body. */
function curlOf(method: string, path: string, { security, parameters = [], requestBody }: Operation): string {
  const query = parameters.map(resolved).filter(({ in: at, required }) => at === 'query' && required)
  const asked = query.map(({ name, schema }) => `${name}=${schema.enum?.[0] ?? '...'}`).join('&')
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)
  const lines = [
    `curl -sS ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$ASSAYER_URL${filled}${asked && `?${asked}`}"`,
  ]
  if (security === undefined) lines.push(`-H "Authorization: Bearer $ASSAYER_KEY"`)
  const [[media, content] = []] = Object.entries(requestBody?.content ?? {})
  if (media !== undefined && content?.example !== undefined) {
    lines.push(`-H 'Content-Type: ${media}'`, `-d '${JSON.stringify(content.example).replaceAll("'", `'\\''`)}'`)
  }
  return lines.join(' \\\n  ')
}

const resolved = (given: Parameter | { $ref: string }): Parameter =>
  '$ref' in given ? (document.components.parameters[nameOf(given.$ref)] as Parameter) : given
