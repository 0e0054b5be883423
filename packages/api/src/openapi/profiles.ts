import { idOf } from '@assayer/schema/render'
import { ProfilePatch } from '../profiles/change.ts'
import { ProfileInput } from '../profiles/make.ts'
import { ProfileShown } from '../render/profile.ts'
import { answer, gone, pageOf, single } from './answers.ts'
import type { Operation } from './operation.ts'

const path = { id: idOf('profile') }

export const profiles = {
  'POST /v1/profiles': {
    id: 'createProfile',
    summary: 'Make a profile',
    about:
      'Orders name it by `profile`: their templates replace its own as a whole, their limits one by one. Whether its selection matches anything is judged when it is ordered.',
    headers: ['Idempotency-Key'],
    body: {
      schema: ProfileInput,
      example: { name: 'gentle', templates: { severities: ['critical', 'high'] }, limits: { requestsPerSecond: 5 } },
    },
    answers: { 201: answer('The profile.', ProfileShown, 'Location', 'ETag', 'Idempotency-Replayed') },
    problems: ['name-taken'],
    links: ['getProfile', 'changeProfile', 'deleteProfile'],
  },
  'GET /v1/profiles': {
    id: 'listProfiles',
    summary: 'List profiles',
    list: 'profiles',
    links: ['getProfile'],
    answers: { 200: pageOf(ProfileShown) },
  },
  'GET /v1/profiles/:id': {
    id: 'getProfile',
    summary: 'Get a profile',
    path,
    headers: ['If-None-Match'],
    answers: single(ProfileShown),
    problems: ['profile-not-found'],
  },
  'PATCH /v1/profiles/:id': {
    id: 'changeProfile',
    summary: 'Change a profile',
    about:
      'Lists and limits one by one: null takes one back to its default, `templates: null` and `limits: null` all. The profile `default` keeps its name. Scans keep what they were ordered with.',
    path,
    headers: ['If-Match'],
    body: { schema: ProfilePatch, example: { limits: { requestsPerSecond: null, retries: 0 } }, patch: true },
    answers: { 200: answer('The profile as it is now.', ProfileShown, 'ETag') },
    problems: ['profile-not-found', 'profile-is-default', 'name-taken'],
  },
  'DELETE /v1/profiles/:id': {
    id: 'deleteProfile',
    summary: 'Delete a profile',
    about: 'Not `default`. Scans keep what they were ordered with.',
    path,
    headers: ['If-Match'],
    answers: gone,
    problems: ['profile-not-found', 'profile-is-default'],
  },
} satisfies Record<string, Operation>
