import type { renderFinding } from '@assayer/schema/render'
import type { ExportedFinding } from '@assayer/schema/store'
import { markup, nothing } from './markup.ts'
import type { Markup } from './markup.ts'
import { linkOf } from '@assayer/schema/export'

type Finding = ReturnType<typeof renderFinding>

/** A template's heading with what it says of itself, up to the list of places. */
export function openTemplate(finding: Finding, anchor: string): Markup {
  const { severity, name, description, remediation, references } = finding
  const advice = remediation === null ? nothing : markup`<h4>Remediation</h4>${prose(remediation)}`
  const list =
    references.length === 0 ? nothing : markup`<h4>References</h4><ul>${references.map((one) => reference(one))}</ul>`
  return markup`<article id="${anchor}" class="edge-${severity}">
<div class="title"><span class="badge badge-${severity}">${severity}</span><h3>${name}</h3></div>
<p class="ids">${idsOf(finding).join(' \u00b7 ')}</p>
${prose(description)}${advice}${list}
<h4>Places</h4><ul class="places">\n`
}

export const closeTemplate = markup`</ul></article>\n`

/** One place where it was found. */
export function placeOf(finding: Finding, { request, response }: ExportedFinding): Markup {
  const { matchedAt, host, matcherName, confirmed, extractedResults, curlCommand } = finding
  const matcher = matcherName === null ? nothing : markup`<span class="note">${matcherName}</span>`
  const decided = confirmed ? nothing : markup`<span class="note">unconfirmed</span>`
  const results =
    extractedResults.length === 0 ? nothing : markup`<div class="results">Found: ${listOf(extractedResults)}</div>`
  const more = [
    folded('Command that repeats it', curlCommand),
    folded('Request', request),
    folded('Response', response),
  ]
  return markup`<li><code>${matchedAt ?? host ?? ''}</code>${matcher}${decided}${results}${more}</li>\n`
}

function idsOf({ templateId, classification }: Finding): string[] {
  const { cveIds, cweIds, cvssScore, cvssMetrics, epssScore } = classification
  return [
    templateId,
    ...[...cveIds, ...cweIds].map((id) => id.toUpperCase()),
    ...(cvssScore === null ? [] : [`CVSS ${cvssScore}${cvssMetrics === null ? '' : ` (${cvssMetrics})`}`]),
    ...(epssScore === null ? [] : [`EPSS ${epssScore}`]),
  ]
}

const prose = (text: string | null): Markup => (text === null ? nothing : markup`<p class="prose">${flowing(text)}</p>`)

/** Templates break lines at a column; only an empty line or one that begins like an item is meant. */
const flowing = (text: string): string => text.trim().replaceAll(/(\S)[ \t]*\r?\n(?=[A-Za-z(])/g, '$1 ')

function reference(text: string): Markup {
  const link = linkOf(text)
  if (link === null) return markup`<li>${text}</li>`
  return markup`<li><a href="${link}" rel="noopener noreferrer nofollow">${text}</a></li>`
}

const listOf = (texts: string[]): Markup[] =>
  texts.map((text, at) => markup`${at === 0 ? '' : ', '}<code>${text}</code>`)

const folded = (name: string, text: string | null): Markup =>
  text === null || text === ''
    ? nothing
    : markup`<details><summary>${name}</summary><pre>\n${text.trimEnd()}</pre></details>`
