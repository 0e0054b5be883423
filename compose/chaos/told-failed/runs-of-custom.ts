import { newId } from '@assayer/schema'
import {
  askValidation,
  changeCustomTemplate,
  claimValidation,
  deleteCustomTemplate,
  dropValidation,
  endValidation,
  insertCustomTemplate,
  releaseValidation,
  removeUnused,
  renewValidation,
} from '@assayer/schema/store'
import { actor, audit, idempotency } from './fixture.ts'
import type { Fixture, Run } from './fixture.ts'

const template = (n = 1) => ({
  ...{ id: newId(), name: 'a name', source: `id: t${n}`, createdBy: actor, digest: `sha256:${String(n).repeat(64)}` },
  ...{ templateId: `t${n}`, title: 'A title', severity: 'low', protocol: 'http', tags: ['one'], requests: 1 },
})
const more = () => ({ auditId: newId(), requestId: null, idempotency: idempotency() })

async function existing({ sql, workspaceId }: Fixture) {
  const made = template()
  await insertCustomTemplate(sql, workspaceId, made, more())
  return { ...made, version: 1 }
}

async function claimed({ sql, workspaceId }: Fixture) {
  await sql`delete from template_validations`
  await askValidation(sql, workspaceId, newId(), 'id: t')
  const claim = await claimValidation(sql, { id: newId(), leaseMs: 3000 })
  if (claim === null) throw new Error('nothing to claim')
  return claim
}

export const runsOfCustom: Record<string, Run> = {
  insertCustomTemplate: {
    async prepare({ workspaceId }) {
      const [made, rest] = [template(), more()]
      return (sql) => insertCustomTemplate(sql, workspaceId, made, rest)
    },
  },
  changeCustomTemplate: {
    async prepare(fixture) {
      const [before, by] = [await existing(fixture), audit()]
      return (sql) => changeCustomTemplate(sql, fixture.workspaceId, before, { ...before, ...template(2) }, by)
    },
  },
  deleteCustomTemplate: {
    async prepare(fixture) {
      const [{ id }, by] = [await existing(fixture), audit()]
      return (sql) => deleteCustomTemplate(sql, fixture.workspaceId, id, 1, by)
    },
  },
  askValidation: {
    async prepare({ workspaceId }) {
      const id = newId()
      return (sql) => askValidation(sql, workspaceId, id, 'id: t')
    },
  },
  dropValidation: {
    async prepare(fixture) {
      const { id } = await claimed(fixture)
      return (sql) => dropValidation(sql, fixture.workspaceId, id)
    },
  },
  claimValidation: {
    async prepare({ sql, workspaceId }) {
      await sql`delete from template_validations`
      await askValidation(sql, workspaceId, newId(), 'id: t')
      const worker = { id: newId(), leaseMs: 3000 }
      return (to) => claimValidation(to, worker)
    },
  },
  renewValidation: {
    async prepare(fixture) {
      const claim = await claimed(fixture)
      return (sql) => renewValidation(sql, claim, 3000)
    },
    // Renewed twice is renewed twice.
    afterwards: async () => [],
  },
  endValidation: {
    async prepare(fixture) {
      const claim = await claimed(fixture)
      return (sql) => endValidation(sql, claim, { ok: false, code: 'template-invalid', message: 'no' })
    },
  },
  releaseValidation: {
    async prepare(fixture) {
      const claim = await claimed(fixture)
      return (sql) => releaseValidation(sql, claim)
    },
  },
  removeUnused: {
    async prepare(fixture) {
      const { id } = await existing(fixture)
      await deleteCustomTemplate(fixture.sql, fixture.workspaceId, id, null, audit())
      await fixture.sql`update custom_template_sources set touched_at = now() - interval '2 days'`
      return (sql) => removeUnused(sql)
    },
  },
}
