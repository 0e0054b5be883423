import type { Refused } from './judge.ts'

/** A template that is refused, thrown where the flaw is found and returned as a value by `judgeTemplate`. */
export class Refusal extends Error {
  readonly code: Refused['code']
  constructor(code: Refused['code'], message: string) {
    super(message)
    this.code = code
  }
}
export const invalid = (message: string) => new Refusal('template-invalid', message)
export const notPermitted = (what: string, where: string) =>
  new Refusal('template-not-permitted', `A custom template may not have ${what} (${where})`)

export type Node = Record<string, unknown>
export const isObject = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Refuses a key that is not permitted there. */
export function onlyKeys(value: Node, permitted: readonly string[], where: string): void {
  const other = Object.keys(value).find((key) => !permitted.includes(key))
  if (other !== undefined) throw notPermitted(JSON.stringify(other.slice(0, 50)), where)
}
