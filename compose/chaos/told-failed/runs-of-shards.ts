import { newId } from '@assayer/schema'
import {
  claimShard,
  findSuspects,
  finishShard,
  noteEvidenceExport,
  readEvidence,
  reapShards,
  recordFindings,
  releaseShard,
  renewLeases,
  writeProgress,
} from '@assayer/schema/store'
import { asWorker, endOf } from '../../../packages/schema/test/testing.ts'
import { audit, claimed, finding, order } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const expire = ({ sql }: Fixture) =>
  sql`update shards set lease_until = now() - interval '1 hour' where state = 'running'`
const release = { why: 'shutdown', counted: false, delayMs: 0, detail: {} }

export const runsOfShards: Record<string, Run> = {
  claimShard: {
    async prepare(fixture) {
      await order(fixture, 1)
      const worker = asWorker(newId())
      return (sql) => claimShard(sql, worker)
    },
    // Nobody runs what was claimed so: its lease ends, and it is taken back.
    async afterwards(fixture) {
      const again = await claimShard(fixture.sql, asWorker(newId()))
      await expire(fixture)
      const taken = await reapShards(fixture.sql, await findSuspects(fixture.sql))
      return again === null && taken.length === 1 && taken[0]?.state === 'queued'
        ? []
        : ['a claim without a reply was not taken back']
    },
  },
  renewLeases: {
    async prepare(fixture) {
      const { key, worker } = await claimed(fixture)
      return (sql) => renewLeases(sql, { ...worker, leaseMs: 60_000 }, [key])
    },
  },
  writeProgress: {
    async prepare(fixture) {
      const { key } = await claimed(fixture)
      return (sql) =>
        writeProgress(sql, key, { percent: 40, requests: 12, errors: 1, templatesLoaded: 3, unconfirmed: 2 })
    },
  },
  recordFindings: {
    async prepare(fixture) {
      const { key } = await claimed(fixture)
      const batch = [finding(1), finding(2), finding(1)]
      return (sql) => recordFindings(sql, key, batch)
    },
  },
  finishShard: {
    async prepare(fixture) {
      const { key } = await claimed(fixture)
      await recordFindings(fixture.sql, key, [finding(1)])
      return (sql) => finishShard(sql, key, endOf([0]))
    },
  },
  releaseShard: {
    async prepare(fixture) {
      const { key } = await claimed(fixture)
      return (sql) => releaseShard(sql, key, { ...release, counted: true })
    },
  },
  reapShards: {
    async prepare(fixture) {
      await claimed(fixture)
      await expire(fixture)
      const suspects = await findSuspects(fixture.sql)
      return (sql) => reapShards(sql, suspects)
    },
  },
  readEvidence: {
    async prepare(fixture) {
      const { key } = await claimed(fixture)
      const found = finding(1)
      await recordFindings(fixture.sql, key, [found])
      return (sql) => readEvidence(sql, fixture.workspaceId, found.id, audit())
    },
    // Read twice is read twice.
    afterwards: async () => [],
  },
  noteEvidenceExport: {
    async prepare(fixture) {
      const [scanId, by] = [await order(fixture), { ...audit(), format: 'csv' }]
      return (sql) => noteEvidenceExport(sql, fixture.workspaceId, scanId, by)
    },
  },
}
