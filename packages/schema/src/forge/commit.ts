import * as v from 'valibot'
import type { AnswerKind, Forge } from './answer.ts'

/** As git allows them (git-check-ref-format), of the three kinds that a forge takes. */
const refForm =
  /^refs\/(?:heads|tags|pull)\/(?![./])(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)|[/.]$))[^\p{C}\p{Z}~^:?*[\\]{1,240}$/u
const shaForm = /^(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const placeForms = {
  github: /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  gitlab: /^[1-9]\d{0,14}$/,
} as const

const commitOf = (forge: Forge) =>
  v.object({
    place: v.pipe(v.string(), v.regex(placeForms[forge])),
    sha: v.pipe(v.string(), v.regex(shaForm)),
    ref: v.nullable(v.pipe(v.string(), v.regex(refForm))),
    context: v.pipe(v.string(), v.maxLength(200)),
    refIsGuessed: v.exactOptional(v.literal(true)),
  })
const commits = { github: commitOf('github'), gitlab: commitOf('gitlab') }

/**
 * The commit that a scan was ordered for. `place` is the repository (`owner/name`) at GitHub, the project's number at GitLab;
 * `context` is what the status is called there. `refIsGuessed`: it was named without its namespace and taken for a branch; it may be a tag.
 */
export type Commit = v.InferOutput<(typeof commits)['github']>

/** A commit of hostile text, or null where place or SHA is none; a ref that is none is left out. */
export function readCommit(
  forge: Forge,
  said: Record<'place' | 'sha' | 'ref' | 'context', unknown> & { refIsGuessed?: true },
): Commit | null {
  const ref = typeof said.ref === 'string' && refForm.test(said.ref) ? said.ref : null
  const parsed = v.safeParse(commits[forge], { ...said, ref })
  return parsed.success ? parsed.output : null
}

export const forgeOf = (kind: AnswerKind): Forge => (kind === 'gitlab-status' ? 'gitlab' : 'github')

/**
 * Where an answer is posted; null for a commit that is not of the strict form, of which no path is made. Sources: GitHub REST API
 * 2022-11-28, "Create a commit status" and "Upload an analysis as SARIF data"; GitLab API v4, "Set commit pipeline status".
 */
export function answerUrl(kind: AnswerKind, baseUrl: string, commit: unknown): string | null {
  const parsed = v.safeParse(commits[forgeOf(kind)], commit)
  if (!parsed.success) return null
  const { place, sha } = parsed.output
  const base = baseUrl.replace(/\/+$/, '')
  switch (kind) {
    case 'github-status':
      return `${base}/repos/${place}/statuses/${sha}`
    case 'github-sarif':
      return `${base}/repos/${place}/code-scanning/sarifs`
    case 'gitlab-status':
      return `${base}/api/v4/projects/${place}/statuses/${sha}`
  }
}
