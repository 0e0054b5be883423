import { markup } from '../export/markup.ts'
import type { Markup } from '../export/markup.ts'
import { style } from './style.ts'

/** A page around its body: no script, nothing loaded, the one style sheet inside. */
export const shell = (title: string, body: Markup): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
${body}</body>
</html>
`.html
