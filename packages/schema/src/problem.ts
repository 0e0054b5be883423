import { problems } from './problem-codes.ts'
import type { ProblemCode } from './problem-codes.ts'

/** One refused piece of input; never holds the value itself. */
export type ProblemError = {
  in: 'body' | 'query' | 'path' | 'header'
  pointer?: string
  name?: string
  code: string
  message: string
}

type ProblemMore = { detail?: string; errors?: ProblemError[]; headers?: Record<string, string>; cause?: unknown }

/** An expected refusal, thrown anywhere and rendered in one place as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly errors: ProblemError[] | undefined
  readonly headers: Record<string, string>

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(more.detail ?? problems[code][1], { cause: more.cause })
    this.name = 'Problem'
    this.code = code
    this.detail = more.detail
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

/** For `throw problem('scan-not-found')`. */
export const problem = (code: ProblemCode, more?: ProblemMore): Problem => new Problem(code, more)
