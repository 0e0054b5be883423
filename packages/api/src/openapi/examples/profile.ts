import { createdAt, createdBy } from './ids.ts'

const empty = { ids: [], tags: [], severities: [], protocols: [], excludeIds: [], excludeTags: [], custom: [] }

const limits = { requestsPerSecond: 5 }

export const profileExamples = {
  ProfileLimits: limits,
  Profile: {
    id: 'prf_01kb3v0zs7f3b9kq1g1n9x0w4m',
    name: 'gentle',
    templates: { ...empty, severities: ['critical', 'high'] },
    limits,
    createdBy,
    createdAt,
  },
}
