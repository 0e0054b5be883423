import { idOf } from '@assayer/schema/render'
import { CustomTemplatePatch } from '../custom-templates/change.ts'
import { NewCustomTemplateInput } from '../custom-templates/make.ts'
import { CustomTemplateShown, CustomTemplateWithSource } from '../render/custom-template.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('custom-template') }
const source = `id: our-login-page
info: { name: Our login page, author: us, severity: info }
http:
  - path: ['{{BaseURL}}/login']
    matchers: [{ type: word, words: [Sign in] }]
`
const refusals = ['template-invalid', 'template-not-permitted', 'name-taken', 'no-worker', 'draining'] as const

export const customTemplates = {
  'POST /v1/custom-templates': {
    id: 'createCustomTemplate',
    summary: 'Add a template of your own',
    about:
      'Of one of the protocols http, dns, ssl and tcp. A worker validates it by its Nuclei before it is stored, which takes a second or two.',
    headers: ['Idempotency-Key'],
    body: { schema: NewCustomTemplateInput, example: { name: 'login page', source } },
    answers: { 201: answer('The template.', CustomTemplateWithSource, 'Location', 'ETag', 'Idempotency-Replayed') },
    problems: refusals,
    links: ['getCustomTemplate', 'changeCustomTemplate', 'deleteCustomTemplate'],
  },
  'GET /v1/custom-templates': {
    id: 'listCustomTemplates',
    summary: 'List your own templates',
    list: 'custom-templates',
    answers: { 200: pageOf(CustomTemplateShown) },
  },
  'GET /v1/custom-templates/:id': {
    id: 'getCustomTemplate',
    summary: 'Get a template of your own with its text',
    path,
    headers: ['If-None-Match'],
    answers: single(CustomTemplateWithSource),
    problems: ['custom-template-not-found'],
  },
  'PATCH /v1/custom-templates/:id': {
    id: 'changeCustomTemplate',
    summary: 'Change name or text of a template of your own',
    about:
      'Another text is validated like a new one. Scans that were ordered before run the text they were ordered with.',
    path,
    headers: ['If-Match'],
    body: { schema: CustomTemplatePatch, example: { name: 'login page of the shop' }, patch: true },
    answers: { 200: answer('The template as it is now.', CustomTemplateWithSource, 'ETag') },
    problems: ['custom-template-not-found', 'version-mismatch', ...refusals],
  },
  'DELETE /v1/custom-templates/:id': {
    id: 'deleteCustomTemplate',
    summary: 'Delete a template of your own',
    about: 'Scans that were ordered before still run it.',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['custom-template-not-found', 'version-mismatch'],
  },
} satisfies Record<string, Operation>
