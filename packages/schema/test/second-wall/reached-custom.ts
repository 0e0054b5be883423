import { newId } from '../../src/id.ts'
import {
  askValidation,
  changeCustomTemplate,
  claimValidation,
  customSources,
  deleteCustomTemplate,
  dropValidation,
  endValidation,
  getCustomTemplate,
  insertCustomTemplate,
  listCustomTemplates,
  selectCustomTemplates,
  validationOutcome,
} from '../../src/store/index.ts'
import type { Sql } from '../../src/store/index.ts'
import { audit, more, newTemplate } from './home.ts'
import type { Home } from './home.ts'
import type { Reach } from './reached.ts'

const { digest } = newTemplate(1)
const another = newTemplate(2)
const validation = newId()

async function ask(sql: Sql, { workspaceId }: Home): Promise<void> {
  await sql`delete from template_validations`
  await askValidation(sql, workspaceId, validation, 'id: t')
}

/** As `reached`, of custom templates and their validation. */
export const reachedCustom = {
  insertCustomTemplate: {
    makes: true,
    ask: (sql, workspaceId) => insertCustomTemplate(sql, workspaceId, another, more()),
  },
  changeCustomTemplate: {
    ask: (sql, workspaceId, { customTemplateId: id }) =>
      changeCustomTemplate(sql, workspaceId, { id, version: 1, digest }, another, audit()),
  },
  getCustomTemplate: { ask: (sql, workspaceId, home) => getCustomTemplate(sql, workspaceId, home.customTemplateId) },
  listCustomTemplates: {
    ask: (sql, workspaceId) => listCustomTemplates(sql, workspaceId, { limit: 50, before: null }),
  },
  selectCustomTemplates: {
    ask: (sql, workspaceId, home) => selectCustomTemplates(sql, workspaceId, [home.customTemplateId]),
  },
  customSources: { ask: (sql, workspaceId) => customSources(sql, workspaceId, [digest]) },
  deleteCustomTemplate: {
    ask: (sql, workspaceId, home) => deleteCustomTemplate(sql, workspaceId, home.customTemplateId, null, audit()),
  },
  askValidation: { makes: true, ask: (sql, workspaceId) => askValidation(sql, workspaceId, validation, 'id: t') },
  validationOutcome: {
    async before(sql, home) {
      await ask(sql, home)
      const claim = await claimValidation(sql, { id: newId(), leaseMs: 3000 })
      if (claim) await endValidation(sql, claim, { ok: false, code: 'template-invalid', message: 'no' })
    },
    ask: (sql, workspaceId) => validationOutcome(sql, workspaceId, validation),
  },
  dropValidation: { before: ask, ask: (sql, workspaceId) => dropValidation(sql, workspaceId, validation) },
} satisfies Record<string, Reach>
