import { deadlineSocket } from '@assayer/schema/database'
import { connect, isDatabaseAway } from '@assayer/schema/store'
import type { Sql } from '@assayer/schema/store'
import { startProxy } from '../proxy.ts'
import { emptyFixture } from './fixture.ts'
import type { Run } from './fixture.ts'
import { runs } from './runs.ts'

/** What may differ when a statement is sent twice: times by the clock, and numbers drawn. */
const apart = ['lease_until', 'beat_at', 'activated_at', 'n', 'claim_turn', 'due_at', 'touched_at']

/** What these change is a time by the clock and nothing else. */
const timesAlone = new Set(['renewLeases', 'renewValidation', 'releaseValidation'])

/** A digest of each table's rows. */
async function snapshot(sql: Sql): Promise<Map<string, string>> {
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`
  const digests = new Map<string, string>()
  for (const { name } of tables) {
    const [row] = await sql<{ rows: string | null }[]>`
      select md5(string_agg((to_jsonb(t) - ${apart}::text[])::text, ',' order by to_jsonb(t)::text)) as rows from ${sql(name)} t`
    digests.set(name, row?.rows ?? '')
  }
  return digests
}

const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)

/**
 * Sends each store function through a proxy that lets it be executed and resets the connection in place of the reply, then
 * sends it again: it has to fail as one whose outcome is not known, to have been executed, and to change nothing more.
 * `seen` is told of each.
 */
export async function tellAllFailed(url: string, seen: (name: string) => void): Promise<string[]> {
  const proxy = await startProxy({ port: Number(new URL(url).port) })
  const sql = connect(url, { name: 'told', max: 4 })
  const lossy = Object.assign(new URL(url), { port: String(proxy.port) }).href
  const wrong: string[] = []
  const one = async (name: string, { prepare, afterwards, statement = 1 }: Run) => {
    const fixture = await emptyFixture(sql)
    const send = await prepare(fixture)
    const unlucky = connect(lossy, { name: 'unlucky', max: 1, socket: deadlineSocket(12_000) })
    const before = await snapshot(sql)
    let nth = 0
    proxy.tap(({ type }) => (type === 'B' && ++nth === statement ? 'lose-reply' : 'pass'))
    try {
      const told = await send(unlucky).then(
        () => 'nothing',
        (error: unknown) => (isDatabaseAway(error) ? null : String(error)),
      )
      if (told !== null) wrong.push(`${name}: its reply was lost and the caller was told ${told}`)
    } finally {
      proxy.tap(null)
      await unlucky.end({ timeout: 0 })
    }
    const executed = await snapshot(sql)
    const applied = timesAlone.has(name) || changed(before, executed).length > 0
    if (!applied) wrong.push(`${name}: was not executed`)
    await send(sql).catch((error: unknown) => wrong.push(`${name}: sent again it failed: ${String(error)}`))
    if (afterwards) wrong.push(...(await afterwards(fixture)).map((sentence) => `${name}: ${sentence}`))
    else wrong.push(...changed(executed, await snapshot(sql)).map((table) => `${name}: sent again it changed ${table}`))
    seen(name)
  }
  try {
    for (const [name, run] of Object.entries(runs)) await one(name, run)
  } finally {
    await sql.end({ timeout: 1 })
    await proxy.stop()
  }
  return wrong
}
