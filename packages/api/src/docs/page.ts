import { markup } from '../export/markup.ts'
import type { Markup } from '../export/markup.ts'
import { document } from './document.ts'
import type { Operation } from './document.ts'
import { operationOf } from './operation.ts'
import { component } from './schema.ts'
import { shell } from './shell.ts'
import { prose } from './text.ts'

type Named = { method: string; path: string; operation: Operation }

/** The document as one page for people: no script, nothing loaded. */
export function docsPage(): string {
  const { info, tags, paths, components } = document
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Named => ({ method, path, operation })),
  )
  const groups = tags.map(({ name }) => ({ name, of: all.filter(({ operation }) => operation.tags.includes(name)) }))
  const schemas = Object.entries(components.schemas)
  const body = markup`<nav aria-label="Operations">
<p class="brand"><a href="#top">${info.title} API</a></p>
${groups.map(({ name, of }) => menuOf(name, of))}<details><summary>Schemas</summary><ul>
${schemas.map(([name]) => markup`<li><a href="#schema-${name}">${name}</a></li>\n`)}</ul></details>
</nav>
<main id="top">
<h1>${info.title} API</h1>
${info.description.split('\n\n').map((one) => markup`<p>${prose(one)}</p>\n`)}
<p>For programs: <a href="openapi.json">openapi.json</a>, OpenAPI 3.1.</p>
${groups.map(
  ({ name, of }) => markup`<section><h2 id="tag-${slug(name)}">${name}</h2>
${of.map(({ method, path, operation }) => operationOf(method, path, operation))}</section>\n`,
)}
<section><h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => component(name, schema))}</section>
</main>
`
  return shell(`${info.title} API`, body)
}

const menuOf = (name: string, of: readonly Named[]): Markup => markup`<details open><summary>${name}</summary><ul>
${of.map(
  ({ method, operation }) =>
    markup`<li><a href="#${operation.operationId}"><span class="method method-${method}">${method}</span>${operation.summary}</a></li>\n`,
)}</ul></details>\n`

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-')
