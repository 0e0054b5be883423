import {
  changeTarget,
  deleteTarget,
  getTarget,
  insertTarget,
  labelledAddresses,
  listTargets,
  targetAddresses,
} from '../../src/store/index.ts'
import { audit, more, newTarget } from './home.ts'
import type { Reach } from './reached.ts'

const change = { name: 'x', address: 'x', labels: {} }

export const reachedTargets = {
  insertTarget: {
    makes: true,
    ask: (sql, workspaceId, { targetId }) => insertTarget(sql, workspaceId, { ...newTarget(), id: targetId }, more()),
    before: (sql, { targetId }) => sql`delete from targets where id = ${targetId}`,
  },
  getTarget: { ask: (sql, workspaceId, { targetId }) => getTarget(sql, workspaceId, targetId) },
  listTargets: {
    ask: (sql, workspaceId) => listTargets(sql, workspaceId, { labels: {}, texts: [], before: null, limit: 50 }),
  },
  changeTarget: {
    ask: (sql, workspaceId, { targetId }) => changeTarget(sql, workspaceId, targetId, 1, change, audit()),
  },
  deleteTarget: { ask: (sql, workspaceId, { targetId }) => deleteTarget(sql, workspaceId, targetId, audit()) },
  targetAddresses: { ask: (sql, workspaceId, { targetId }) => targetAddresses(sql, workspaceId, [targetId]) },
  labelledAddresses: { ask: (sql, workspaceId) => labelledAddresses(sql, workspaceId, newTarget().labels, 10) },
} satisfies Record<string, Reach>
