import { Template, TemplateWithSource } from '../render/template.ts'
import { templateFilters, TemplateId } from '../routes/templates.ts'
import { pageOf, single } from './answers.ts'
import { queryOf } from './operation.ts'
import type { Operation } from './operation.ts'

export const templates = {
  'GET /v1/templates': {
    id: 'listTemplates',
    summary: 'Search the installed templates',
    about: 'Those that the workers have installed, by id.',
    list: 'templates',
    links: ['getTemplate'],
    query: queryOf(templateFilters, {
      q: 'With all of these words, each at the beginning of one of its own.',
      tag: 'With one of these tags.',
      severity: 'Of one of these severities.',
      protocol: 'Of one of these protocols.',
      cve: 'About one of these CVEs.',
    }),
    answers: { 200: pageOf(Template) },
  },
  'GET /v1/templates/:id': {
    id: 'getTemplate',
    summary: 'Get a template with its source',
    path: { id: TemplateId },
    headers: ['If-None-Match'],
    answers: single(TemplateWithSource),
    problems: ['template-not-found'],
  },
} satisfies Record<string, Operation>
