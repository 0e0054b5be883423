import {
  changeProfile,
  deleteProfile,
  getProfile,
  insertProfile,
  listProfiles,
  orderBasis,
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
  orderBasis: {
    // The bundle is the same for every workspace.
    ask: async (sql, workspaceId) => {
      const { rules, profile } = await orderBasis(sql, workspaceId, newProfile().name)
      return [...rules, ...(profile === null ? [] : [profile])]
    },
  },
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
