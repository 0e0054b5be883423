import type { ProblemError } from '@assayer/schema'
import { pointerTo } from './pointer.ts'

/** The parts of a valibot schema that say what an object may hold. */
export type Shape = { type: string; entries?: Record<string, Shape>; wrapped?: Shape; item?: Shape }

type Path = readonly (string | number)[]

/**
 * What valibot lets pass or reports only once: every unknown field, a list where an object belongs, and record keys that
 * it drops because JavaScript objects have them anyway.
 */
export function shapeErrors(shape: Shape, value: unknown, path: Path = []): ProblemError[] {
  if (shape.wrapped) return value == null ? [] : shapeErrors(shape.wrapped, value, path)
  if (shape.type === 'array' && shape.item?.entries && Array.isArray(value)) {
    const { item } = shape
    return value.flatMap((inner, at) => shapeErrors(item, inner, [...path, at]))
  }
  if (!shape.entries && shape.type !== 'record') return []
  if (Array.isArray(value)) return [errorAt(path, 'type', 'must be an object')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key]
    if (!shape.entries) {
      return reserved.has(key) ? [errorAt(at, 'reserved', 'this name cannot be used')] : []
    }
    const known = Object.hasOwn(shape.entries, key) ? shape.entries[key] : undefined
    return known ? shapeErrors(known, inner, at) : [errorAt(at, 'unknown-field', 'there is no such field')]
  })
}

const reserved = new Set(['__proto__', 'prototype', 'constructor'])

const errorAt = (path: Path, code: string, message: string): ProblemError => ({
  in: 'body',
  pointer: pointerTo(path),
  code,
  message,
})
