import { expect, test } from 'vitest'
import { answerUrl, readCommit } from './commit.ts'

const sha = 'a1'.repeat(20)
const good = { place: 'owner/name', sha, ref: 'refs/heads/main', context: 'assayer' }

test('a commit of the strict form makes the paths that the forges document', () => {
  const base = 'https://forge.example.com/api/v3/'
  expect(answerUrl('github-status', base, good)).toBe(
    `https://forge.example.com/api/v3/repos/owner/name/statuses/${sha}`,
  )
  expect(answerUrl('github-sarif', base, good)).toBe(
    'https://forge.example.com/api/v3/repos/owner/name/code-scanning/sarifs',
  )
  expect(answerUrl('gitlab-status', 'https://gitlab.com', { ...good, place: '42' })).toBe(
    `https://gitlab.com/api/v4/projects/42/statuses/${sha}`,
  )
})

test.each([
  { place: '../name' },
  { place: 'owner/..' },
  { place: 'owner/.' },
  { place: 'owner/name/more' },
  { place: 'owner/name?x=1' },
  { place: 'owner/na%2fme' },
  { place: 'owner' },
  { place: 'owner/name\n' },
  { place: 42 },
  { sha: 'a1'.repeat(19) },
  { sha: `${'a1'.repeat(19)}/.` },
  { sha: '0'.repeat(40) },
  { sha: 'A1'.repeat(20) },
  { sha: null },
])('%j is no commit, and no path is made of it', (bad) => {
  expect(readCommit('github', { ...good, ...bad })).toBeNull()
  expect(answerUrl('github-status', 'https://api.github.com', { ...good, ...bad })).toBeNull()
})

test.each(['1/../2', '0', '-1', '1e3', 'group%2Fname', 'owner/name'])('%s is no project', (place) => {
  expect(readCommit('gitlab', { ...good, place })).toBeNull()
})

test.each([
  'refs/heads/main',
  'refs/heads/feature/x-1',
  'refs/tags/v1.0.0',
  'refs/pull/12/merge',
  'refs/heads/f\u00fcr',
])('%s is a ref', (ref) => {
  expect(readCommit('github', { ...good, ref })?.ref).toBe(ref)
})

test.each([
  'main',
  'refs/notes/x',
  'refs/heads/../x',
  'refs/heads/.x',
  'refs/heads/a//b',
  'refs/heads/a b',
  'refs/heads/a\u0000',
  'refs/heads/a\u202eb',
  'refs/heads/x.lock',
  'refs/heads/x@{1}',
  'refs/heads/x/',
  7,
  null,
])('%j is left out', (ref) => {
  expect(readCommit('github', { ...good, ref })).toEqual({ ...good, ref: null })
})
