import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing.ts'
import type { TestDatabase } from '../testing.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const ofTheService = {
  workspaces: 'is the workspace',
  migrations: "the schema's own history",
  bundles: 'installed templates are the same for every workspace',
  templates: 'installed templates are the same for every workspace',
  workers: 'workers serve every workspace',
}

/** Constraints and unique indexes that need not begin with the workspace. */
const excepted: Record<string, string> = {
  api_keys_id_key: 'a key is looked up before its workspace is known',
}

test('primary, foreign and unique keys of every table begin with the workspace', async () => {
  const keys = await db.sql<{ table: string; name: string; first: string }[]>`
    select c.relname as table, k.name, a.attname as first
    from (
      select conrelid as relation, conname as name, conkey[1] as first from pg_constraint where contype in ('p', 'f', 'u')
      union
      select indrelid, indexrelid::regclass::text, indkey[0] from pg_index where indisunique
    ) k
    join pg_class c on c.oid = k.relation and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    left join pg_attribute a on a.attrelid = k.relation and a.attnum = k.first
    order by 1, 2`
  const wrong = keys.filter(({ table, first }) => first !== 'workspace_id' && !(table in ofTheService))
  expect(wrong.map(({ name }) => name)).toEqual(Object.keys(excepted))
})

test('every table has a primary key, a workspace and only foreign keys that carry it on', async () => {
  const tables = await db.sql<{ table: string; key: boolean; owned: boolean; carries: boolean }[]>`
    select c.relname as table,
      exists (select from pg_constraint where conrelid = c.oid and contype = 'p') as key,
      exists (select from pg_attribute where attrelid = c.oid and attname = 'workspace_id' and attnotnull) as owned,
      not exists (
        select from pg_constraint k
        join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[1]
        where k.conrelid = c.oid and k.contype = 'f' and theirs.attname <> 'workspace_id'
          and k.confrelid <> 'workspaces'::regclass
      ) as carries
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`
  expect(tables.filter(({ key }) => !key)).toEqual([])
  expect(tables.filter(({ owned }) => !owned).map(({ table }) => table)).toEqual(Object.keys(ofTheService).toSorted())
  expect(tables.filter(({ table, carries }) => !carries && !(table in ofTheService))).toEqual([])
})
