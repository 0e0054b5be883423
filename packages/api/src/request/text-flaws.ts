import type { ProblemError } from '@assayer/schema'
import { pointerTo } from './pointer.ts'

const suspicious = /\\u(?:0000|d[89a-f])/i

/**
 * Strings and keys in a parsed body that no text column takes: with NUL or half of a surrogate pair. In UTF-8 they can come
 * only as escapes, so a body without such an escape is not walked. At most `most` errors.
 */
export function textFlaws(text: string, value: unknown, most: number): ProblemError[] {
  const errors: ProblemError[] = []
  if (suspicious.test(text)) walk(value, [], errors, most)
  return errors
}

function walk(value: unknown, path: (string | number)[], errors: ProblemError[], most: number): void {
  if (errors.length >= most) return
  if (typeof value === 'string') judge(value, path, errors)
  else if (Array.isArray(value)) {
    for (const [at, inner] of value.entries()) walk(inner, [...path, at], errors, most)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      judge(key, path, errors)
      walk(inner, [...path, key], errors, most)
    }
  }
}

function judge(text: string, path: (string | number)[], errors: ProblemError[]): void {
  const pointer = pointerTo(path)
  if (text.includes('\0')) errors.push({ in: 'body', pointer, code: 'nul', message: 'remove the NUL character' })
  else if (!text.isWellFormed())
    errors.push({ in: 'body', pointer, code: 'lone-surrogate', message: 'half of a surrogate pair stands alone' })
}
