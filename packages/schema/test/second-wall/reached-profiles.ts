import {
  changeProfile,
  deleteProfile,
  getProfile,
  insertProfile,
  listProfiles,
  profileNamed,
} from '../../src/store/index.ts'
import { audit, more, newProfile } from './home.ts'
import type { Reach } from './reached.ts'

const change = { name: 'x', templates: null, limits: {} }

export const reachedProfiles = {
  insertProfile: {
    makes: true,
    ask: (sql, workspaceId, { profileId }) =>
      insertProfile(sql, workspaceId, { ...newProfile(), id: profileId }, more()),
    before: (sql, { profileId }) => sql`delete from profiles where id = ${profileId}`,
  },
  getProfile: { ask: (sql, workspaceId, { profileId }) => getProfile(sql, workspaceId, profileId) },
  profileNamed: { ask: (sql, workspaceId) => profileNamed(sql, workspaceId, newProfile().name) },
  listProfiles: {
    // Each workspace has a default one of its own.
    ask: async (sql, workspaceId) =>
      (await listProfiles(sql, workspaceId, { before: null, limit: 50 })).filter(({ id }) => id !== workspaceId),
  },
  changeProfile: {
    ask: (sql, workspaceId, { profileId }) => changeProfile(sql, workspaceId, profileId, 1, change, audit()),
  },
  deleteProfile: { ask: (sql, workspaceId, { profileId }) => deleteProfile(sql, workspaceId, profileId, audit()) },
} satisfies Record<string, Reach>
