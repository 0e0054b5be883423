import { problem } from '@assayer/schema'
import type { ProblemError } from '@assayer/schema'
import * as v from 'valibot'
import { pointerTo } from './pointer.ts'
import { shapeErrors } from './shape-errors.ts'

const most = 100

/** The body as its schema reads it; `invalid-input` with every mistake in it, up to 100, and none of its values. */
export function validate<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const shape = shapeErrors(schema, value)
  const parsed = v.safeParse(schema, value)
  if (parsed.success && shape.length === 0) return parsed.output
  const known = new Set(shape.map((error) => error.pointer))
  const further = (parsed.issues ?? []).flatMap((issue) => {
    const error = errorFrom(issue)
    return issue.expected === 'never' || known.has(error.pointer) ? [] : [error]
  })
  throw invalidInput([...shape, ...further])
}

/** `invalid-input` for these mistakes, at most 100 of them. */
export const invalidInput = (errors: ProblemError[]) => problem('invalid-input', { errors: errors.slice(0, most) })

function errorFrom(issue: v.BaseIssue<unknown>): ProblemError {
  const pointer = pointerTo((issue.path ?? []).map(({ key }) => key as string | number))
  const missing = issue.kind === 'schema' && issue.path?.at(-1)?.type === 'object' && issue.received === 'undefined'
  if (missing) return { in: 'body', pointer, code: 'required', message: 'is missing' }
  return { in: 'body', pointer, code: codeOf(issue), message: messageOf(issue) }
}

function codeOf({ kind, type }: v.BaseIssue<unknown>): string {
  if (kind !== 'schema') return type.replaceAll('_', '-')
  return type === 'picklist' ? 'one-of' : 'type'
}

/** Valibot's own messages repeat the value, so each kind of mistake has a sentence here. */
function messageOf(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message
  const bound = String(issue.requirement)
  switch (issue.type) {
    case 'integer':
      return 'must be a whole number'
    case 'min_value':
      return `must be at least ${bound}`
    case 'max_value':
      return `must be at most ${bound}`
    case 'min_length':
      return `must have a length of at least ${bound}`
    case 'max_length':
      return `must have a length of at most ${bound}`
    case 'picklist':
      return `must be one of ${(issue.expected ?? '').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ', ')}`
    case 'array':
      return 'must be a list'
    case 'strict_object':
    case 'object':
    case 'record':
      return 'must be an object'
    default:
      return issue.kind === 'schema' ? `must be a ${issue.type}` : 'is not valid'
  }
}
