import { readCommit } from '@assayer/schema'
import type { Commit } from '@assayer/schema'
import type { TriggerRow } from '@assayer/schema/store'
import { valueAt } from './read-payload.ts'

const isSha = (value: string): boolean => /^[0-9a-f]{40,64}$/.test(value)

/**
 * The commit that a payload speaks of, in the strict form or not at all: where GitHub and GitLab put it, of the other kinds
 * `commit: { repository or project, sha, ref }`. A release of GitHub names a commit only where it was made of one. `after` of a pushed tag
 * with an annotation is the tag's own object, which is no commit: `head_commit` is (GitHub changelog of 2021-10-01).
 */
export function commitOf(
  { kind, answer, name }: Pick<TriggerRow, 'kind' | 'answer' | 'name'>,
  payload: unknown,
): Commit | null {
  if (answer === null) return null
  const at = (...pointers: string[]) => pointers.map((one) => valueAt(payload, one)).find((one) => one !== undefined)
  const context = `assayer/${name}`
  switch (kind) {
    case 'github': {
      const tag = at('/release/tag_name')
      const sha = at('/deployment/sha', '/head_commit/id', '/after', '/release/target_commitish')
      const ref = typeof tag === 'string' ? { ref: `refs/tags/${tag}` } : fullRef(at('/deployment/ref', '/ref'))
      return readCommit('github', { place: at('/repository/full_name'), sha, ...ref, context })
    }
    case 'gitlab': {
      const link = at('/commit_url')
      const page = typeof link === 'string' ? /\/commit\/([0-9a-f]{40,64})$/.exec(link)?.[1] : undefined
      const sha = at('/object_attributes/sha') ?? page ?? at('/commit/id') ?? (at('/checkout_sha') || at('/after'))
      const isTag = at('/object_attributes/tag') === true || typeof at('/tag') === 'string'
      const { ref } = fullRef(at('/object_attributes/ref', '/ref', '/tag'), isTag ? 'tags' : 'heads')
      return readCommit('gitlab', { place: numberText(at('/project/id')), sha, ref, context })
    }
    case 'standard':
    case 'hmac': {
      const place = answer.kind === 'github' ? at('/commit/repository') : numberText(at('/commit/project'))
      return readCommit(answer.kind, { place, sha: at('/commit/sha'), ...fullRef(at('/commit/ref')), context })
    }
  }
}

/** A branch or tag by its whole name, guessed where only the last part was said; a deployment may name a commit instead. */
function fullRef(ref: unknown, namespace: 'heads' | 'tags' = 'heads'): { ref: unknown; refIsGuessed?: true } {
  if (typeof ref !== 'string' || isSha(ref)) return { ref: null }
  return ref.startsWith('refs/') ? { ref } : { ref: `refs/${namespace}/${ref}`, refIsGuessed: true }
}

const numberText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)
