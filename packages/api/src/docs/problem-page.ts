import { problems } from '@assayer/schema'
import type { ProblemCode } from '@assayer/schema'
import { markup } from '../export/markup.ts'
import { shell } from './shell.ts'
import { prose } from './text.ts'

/** What a problem means and what to do, for people; the other ones beside it. */
export function problemPage(code: ProblemCode): string {
  const [status, title, about] = problems[code]
  const others = Object.keys(problems).map((one) => markup`<li><a href="${one}">${one}</a></li>\n`)
  const body = markup`<nav aria-label="Problems">
<p class="brand"><a href="../docs">Assayer API</a></p>
<ul>
${others}</ul>
</nav>
<main>
<h1>${title}</h1>
<p><code>${code}</code>, status <span class="bad">${status}</span></p>
<p class="lead">${prose(about)}</p>
<p>Programs act on <code>code</code>, which stays as it is. What happened to one request stands in the answer itself: in
<code>detail</code>, for input in <code>errors</code>; by <code>requestId</code> it is found in the log of the service.</p>
</main>
`
  return shell(`${code}: ${title}`, body)
}
