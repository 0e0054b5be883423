import { idOf } from '@assayer/schema/render'
import { ScopeRuleShown } from '../render/scope-rule.ts'
import { ScopeRuleInput } from '../scope-rules/make.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('scope-rule') }

export const scopeRules = {
  'POST /v1/scope-rules': {
    id: 'createScopeRule',
    summary: 'Say what may be scanned, or what may not',
    about:
      'A pattern is a host, `*.host`, `v4/len` or `[v6]/len`, each with `:port` or without. A deny rule wins over every allow rule.',
    headers: ['Idempotency-Key'],
    body: {
      schema: ScopeRuleInput,
      example: { effect: 'allow', pattern: 'app.example.com:443', note: 'ticket 4711, signed by the owner' },
    },
    answers: { 201: answer('The rule.', ScopeRuleShown, 'Location', 'ETag', 'Idempotency-Replayed') },
    problems: ['scope-rule-not-permitted'],
    links: ['getScopeRule', 'deleteScopeRule'],
  },
  'GET /v1/scope-rules': {
    id: 'listScopeRules',
    summary: 'List scope rules',
    list: 'scope-rules',
    links: ['getScopeRule'],
    answers: { 200: pageOf(ScopeRuleShown) },
  },
  'GET /v1/scope-rules/:id': {
    id: 'getScopeRule',
    summary: 'Get a scope rule',
    path,
    headers: ['If-None-Match'],
    answers: single(ScopeRuleShown),
    problems: ['scope-rule-not-found'],
  },
  'DELETE /v1/scope-rules/:id': {
    id: 'deleteScopeRule',
    summary: 'Delete a scope rule',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['scope-rule-not-found'],
  },
} satisfies Record<string, Operation>
