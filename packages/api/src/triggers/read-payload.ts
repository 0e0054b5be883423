import type { TriggerKind } from '@assayer/schema'

/** What filters are asked about; undefined where the payload says nothing of it. */
export type Facts = { event: string; branch?: string; environment?: string; state?: string; gone?: true }

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export function valueAt(payload: unknown, pointer: string): unknown {
  let value = payload
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

const branchOf = (ref: string | undefined) => /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1]

/**
 * What a payload says of itself, by kind: GitHub's and GitLab's own fields; of the other kinds `type`, `branch`, `environment` and
 * `state` of the body. `gone`: a branch or tag was deleted, there is nothing to scan.
 */
export function factsOf(kind: TriggerKind, event: string | undefined, payload: unknown): Facts {
  const text = (pointer: string) => {
    const value = valueAt(payload, pointer)
    return typeof value === 'string' ? value : undefined
  }
  const first = (...pointers: string[]) => pointers.map(text).find((one) => one !== undefined)
  const facts = (
    name: string | undefined,
    more: Record<'branch' | 'environment' | 'state', string | undefined>,
  ): Facts => ({
    event: name ?? '',
    ...(more.branch === undefined ? {} : { branch: more.branch }),
    ...(more.environment === undefined ? {} : { environment: more.environment }),
    ...(more.state === undefined ? {} : { state: more.state }),
    ...((kind === 'github' || kind === 'gitlab') && isDeletion(payload) ? { gone: true as const } : {}),
  })
  switch (kind) {
    case 'github':
      return facts(event, {
        branch: branchOf(text('/ref')) ?? first('/deployment/ref', '/release/target_commitish'),
        environment: first('/deployment_status/environment', '/deployment/environment'),
        state: first('/deployment_status/state', '/action'),
      })
    case 'gitlab':
      return facts(text('/object_kind'), {
        branch: branchOf(text('/ref')) ?? first('/object_attributes/ref', '/ref'),
        environment: text('/environment'),
        state: first('/status', '/object_attributes/status', '/action'),
      })
    case 'standard':
    case 'hmac':
      return facts(text('/type'), { branch: text('/branch'), environment: text('/environment'), state: text('/state') })
  }
}

const noCommit = /^0{40,64}$/

const isDeletion = (payload: unknown): boolean =>
  (valueAt(payload, '/deleted') === true && valueAt(payload, '/ref') !== undefined) ||
  (/^(?:tag_)?push$/.test(String(valueAt(payload, '/object_kind'))) &&
    noCommit.test(String(valueAt(payload, '/after'))))
