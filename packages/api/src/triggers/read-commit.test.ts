import type { Forge, TriggerKind } from '@assayer/schema'
import { expect, test } from 'vitest'
import { commitOf } from './read-commit.ts'

const sha = 'c0ffee'.repeat(7).slice(0, 40)
const ofTag = { ref: 'refs/tags/v1' }
const guessed = (ref: string) => ({ ref, refIsGuessed: true })
const ofGithub = (more: object) => ({ repository: { full_name: 'owner/name' }, ...more })
const ofGitlab = (more: object) => ({ object_kind: 'deployment', project: { id: 42 }, ...more })
const read = (kind: TriggerKind, forge: Forge, payload: object) => {
  const answer = { kind: forge, baseUrl: '', status: true, sarif: false, severityFloor: 'high' } as const
  return commitOf({ kind, name: kind, answer }, payload)
}

test.each<[string, TriggerKind, Forge, object, object]>([
  ['deployment', 'github', 'github', ofGithub({ deployment: { sha, ref: 'main' } }), guessed('refs/heads/main')],
  ['deployment of a tag', 'github', 'github', ofGithub({ deployment: { sha, ref: 'refs/tags/v1' } }), ofTag],
  [
    'push',
    'github',
    'github',
    ofGithub({ after: sha, ref: 'refs/heads/main', deployment: {} }),
    { ref: 'refs/heads/main' },
  ],
  ['push of a light tag', 'github', 'github', ofGithub({ after: sha, ref: 'refs/tags/v1', deployment: {} }), ofTag],
  [
    'push of a tag with an annotation',
    'github',
    'github',
    ofGithub({ after: 'decade'.repeat(7).slice(0, 40), head_commit: { id: sha }, ref: 'refs/tags/v1', deployment: {} }),
    ofTag,
  ],
  ['release', 'github', 'github', ofGithub({ release: { tag_name: 'v1', target_commitish: sha } }), ofTag],
  ['deployment of a commit', 'github', 'github', ofGithub({ deployment: { sha, ref: sha } }), { ref: null }],
  [
    'deployment',
    'gitlab',
    'gitlab',
    ofGitlab({ commit_url: `https://g.example/o/n/-/commit/${sha}`, ref: 'main' }),
    { place: '42', ref: 'refs/heads/main' },
  ],
  ['tag', 'gitlab', 'gitlab', ofGitlab({ checkout_sha: sha, ref: 'refs/tags/v1' }), { place: '42', ...ofTag }],
  ['script', 'hmac', 'github', { commit: { repository: 'owner/name', sha, ref: 'x' } }, guessed('refs/heads/x')],
])('%s of %s: the commit that the answer is for', (_, kind, forge, payload, expected) => {
  const commit = { place: 'owner/name', sha, context: `assayer/${kind}`, ...expected }
  expect(read(kind, forge, payload)).toEqual(commit)
})

test.each([
  [ofGithub({ repository: { full_name: '../../user' }, deployment: { sha } })],
  [ofGithub({ deployment: { sha: `${sha.slice(2)}/..` } })],
  [{ deployment: { sha } }],
])('%j names no commit', (payload) => {
  expect(read('github', 'github', payload)).toBeNull()
})
