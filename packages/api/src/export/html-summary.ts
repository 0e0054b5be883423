import { style } from './html-style.ts'
import { markup, nothing } from './markup.ts'
import type { Markup } from './markup.ts'
import type { Source } from '@assayer/schema/export'
import { stylePolicy } from './style-policy.ts'
import { coverageWords, plural, reasonWords, warningWords } from '@assayer/schema/export'

type Scan = Source['scan']

/** The page's policy, the same as header and in the page itself. */
export const contentSecurityPolicy = (): Promise<string> => stylePolicy(style)

/** The beginning of the page, up to the heading with state, reason and coverage. */
export async function pageHead(scan: Scan): Promise<Markup> {
  const reason = reasonWords(scan)
  const warning = warningWords(scan)
  const { total, unconfirmed } = scan.findings
  const further = unconfirmed === 0 ? '' : `; ${plural(unconfirmed, 'further finding')} unconfirmed`
  const state = markup`<span class="state state-${scan.state}">${scan.state}</span>`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${await contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Scan ${scan.state}: ${plural(total, 'finding')} (${scan.id})</title>
<style>${{ html: style }}</style>
</head>
<body><main>
<header><p class="brand">Vulnerability scan report</p>
<h1>${plural(total, 'finding')} on ${plural(scan.targetCount, 'target')}</h1>
<p class="lead">${state}${reason === null ? '' : `${reason}. `}${coverageWords(scan)}${further}.</p>
${warning === null ? nothing : markup`<p class="warning">${warning}</p>`}</header>
`
}

/** The chart, and what was ordered. */
export function summaryOf(scan: Scan, chart: Markup): Markup {
  const labels = Object.entries(scan.labels).map(([key, value]) => `${key}: ${value}`)
  const facts: [string, string | null][] = [
    ['Ordered', time(scan.createdAt)],
    ['Started', time(scan.startedAt)],
    ['Finished', time(scan.finishedAt)],
    ['Templates', `${scan.templatesSelected} of profile ${scan.profile}`],
    ['Requests', scan.progress.requests.toLocaleString('en')],
    ['Engine', `Nuclei ${scan.engine.nuclei}`],
    ['Labels', labels.length === 0 ? null : labels.join(', ')],
    ['Scan', scan.id],
  ]
  const shown = facts.flatMap(([name, value]) => (value === null ? [] : [markup`<dt>${name}</dt><dd>${value}</dd>\n`]))
  return markup`<section class="overview"><div><h2>By severity</h2>${chart}</div>
<div><h2>The scan</h2><dl>${shown}</dl></div></section>\n`
}

const time = (text: string | null): string | null => text && `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`
