import { expect, test } from 'vitest'
import { gitlabStatus } from './status.ts'

test.each([
  ['refs/heads/main', { ref: 'main' }],
  ['refs/heads/tags/x', { ref: 'tags/x' }],
  ['refs/tags/v1', { ref: 'v1' }],
  ['refs/pull/12/merge', {}],
  [null, {}],
])('GitLab is told of %s by the name that it knows: %j', (ref, named) => {
  const commit = { place: '42', sha: 'c0'.repeat(20), ref, context: 'assayer/one' }
  const told = gitlabStatus({ commit, row: null, severityFloor: 'high', targetUrl: undefined })
  expect(JSON.parse(told)).toEqual({
    ...{ state: 'failed', name: 'assayer/one', description: 'The scan was deleted' },
    ...named,
  })
})
