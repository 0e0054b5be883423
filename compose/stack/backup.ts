import { parseId } from '@assayer/schema'
import type { Fault } from './faults.ts'
import { order, outcome, slow } from './order.ts'
import type { Stack } from './stack.ts'

const inside = (stack: Stack, script: string) => stack.compose(['exec', '-T', 'postgres', 'sh', '-euc', script])

/** The drill of docs/operating.md: a dump while scans are ordered and run, restored into another database. */
export const backup: Fault = {
  name: 'a dump under load is restored elsewhere',
  expected: 'each scan that was accepted before the dump is there, with its targets and shards',
  async run(stack) {
    const before = [await order(stack), await order(stack, slow)]
    await outcome(stack, before[1] ?? '', 'running')
    const later = Array.from({ length: 10 }, () => order(stack))
    await inside(stack, 'pg_dump -U assayer -d assayer -Fc -f /tmp/dump')
    const all = [...before, ...(await Promise.all(later))]
    await inside(
      stack,
      'createdb -U assayer restored; pg_restore -U assayer -d restored --exit-on-error /tmp/dump; rm /tmp/dump',
    )
    const rows = await inside(
      stack,
      `psql -U assayer -d restored -tAc "select s.id from scans s
        where exists (select from shards h where h.workspace_id = s.workspace_id and h.scan_id = s.id)
          and exists (select from scan_targets t where t.workspace_id = s.workspace_id and t.scan_id = s.id)"`,
    )
    const count = await inside(
      stack,
      'psql -U assayer -d restored -tAc "select count(*) from scans"; dropdb -U assayer restored',
    )
    const whole = new Set(rows.trim().split('\n'))
    for (const id of all) await outcome(stack, id)
    const lost = before.filter((id) => !whole.has(parseId('scan', id) ?? ''))
    return [
      ...(lost.length === 0 ? [] : [`accepted before the dump and not in it: ${lost.join(', ')}`]),
      ...(whole.size === Number(count) ? [] : [`of ${count.trim()} scans ${whole.size} have their shards and targets`]),
    ]
  },
}
