import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fakeClock } from '../faketime.ts'
import type { Member } from '../members.ts'
import { stillRuns } from '../processes.ts'
import type { Row } from '../row.ts'
import { pause } from '../supervise.ts'
import { busyWorkers, outcomeOf, until, untilAsked } from '../watch.ts'
import type { World } from '../world.ts'
import { aBusyWorker, orderHosts } from './worker.ts'

/** As by a server that was slow: a trigger lets each finding of a first attempt take so long. */
const slowFindings = `
  create function be_slow() returns trigger language plpgsql as $$ begin
    if new.attempt = 1 then perform pg_sleep(1.7); end if; return new; end $$;
  create trigger slow before insert on findings for each row execute function be_slow()`

const w9: Row = {
  id: 'W9',
  title: 'a worker dies while its batch of findings is being written, and the batch commits late',
  expected: 'the takeover waits for it; nothing is written after it',
  world: { workers: 2 },
  times: { quick: 1, full: 5 },
  settleMs: 120_000,
  async run(world, random, times) {
    await world.script(null, { requests: 12, findings: 4, paceMs: 50 })
    await world.sql.unsafe(slowFindings)
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 1)
      await until('a batch under way', 30_000, async () => {
        const rows =
          await world.sql`select from pg_stat_activity where query like '%insert into findings%' and wait_event = 'PgSleep'`
        return rows.length > 0 ? true : null
      })
      const victim = await aBusyWorker(world, random)
      if (victim.signal('SIGKILL') !== null) world.tally.count('worker SIGKILLs')
      // The next attempt sees nothing, begins without back-off and would end before the batch does.
      for (const host of hosts) await world.script(host, { requests: 2, findings: 0 })
      await until(
        'the end of all',
        90_000,
        async () => {
          await world.sql`update shards set due_at = now() where state = 'queued'`
          const open = await world.sql`select from shards where ended_at is null`
          return open.length === 0 ? true : null
        },
        200,
      )
      // What was under way has come to its end, or was waited for.
      await until('the end of the batch', 30_000, async () => {
        const rows = await world.sql`select from pg_stat_activity where wait_event = 'PgSleep'`
        return rows.length === 0 ? true : null
      })
    }
    return []
  },
}

const w10: Row = {
  id: 'W10',
  title: "a dead worker's batch of findings arrives at the database when the next attempt runs",
  expected: 'it is fenced: nothing of it is written',
  world: { workers: 2 },
  times: { quick: 1, full: 5 },
  settleMs: 120_000,
  async run(world, _random, times) {
    await world.script(null, { requests: 25 })
    for (let n = 0; n < times; n++) {
      const held = Promise.withResolvers<Member>()
      for (const member of world.workers) {
        member.data.tap(({ type, body }) => {
          if (type !== 'B' || !body.includes('fake-finding')) return 'pass'
          for (const other of world.workers) other.data.tap(null)
          held.resolve(member)
          return 'hold'
        })
      }
      const { hosts } = await orderHosts(world, 1)
      const victim = await held.promise
      if (victim.signal('SIGKILL') !== null) world.tally.count('worker SIGKILLs')
      await until('a request of the next attempt', 60_000, async () => {
        await world.sql`update shards set due_at = now() where state = 'queued'`
        return hosts.every((host) => world.sites.visits(host).length > 1) ? true : null
      })
      victim.data.release()
      world.tally.count('batches held on the wire')
      await until('the end of all', 60_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
    }
    return []
  },
}

const w6: Row = {
  id: 'W6',
  title: "the database's clock jumps an hour ahead: all leases have passed at once",
  expected: 'living workers renew before anybody acts: no attempt is taken over',
  world: { workers: 2 },
  times: { quick: 2, full: 5 },
  async run(world, random, times) {
    await world.script(null, { requests: 120 })
    for (let n = 0; n < times; n++) {
      const { hosts } = await orderHosts(world, 3)
      await untilAsked(world, hosts)
      await pause(random.between(0, 2000))
      const rows =
        await world.sql`update shards set lease_until = lease_until - interval '1 hour' where state = 'running'`
      world.tally.count('leases that passed at once', rows.count)
      await pause(6000)
    }
    return []
  },
}

const w4: Row = {
  id: 'W4',
  title: 'a worker stands still, for less than its lease',
  expected: 'nothing happens (W5 has the longer stop)',
  world: { workers: 1 },
  times: { quick: 1, full: 5 },
  async run(world, random, times) {
    await world.script(null, { requests: 80 })
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      const site = await world.sites.open('answers')
      const accepted = await world.ledger.order({ targets: [site.url], limits: { requestsPerSecond: 1000 } })
      await untilAsked(world, [site.host])
      const victim = await aBusyWorker(world, random)
      const already = world.seen.length
      victim.signal('SIGSTOP')
      await pause(8000 * world.timeFactor)
      victim.signal('SIGCONT')
      world.tally.count('short stalls')
      if (!world.seen.slice(already).some(stillRuns)) wrong.push('a stall shorter than the lease ended the scanner')
      const { attempts } = await outcomeOf(world, accepted)
      if (attempts.length !== 1) wrong.push(`a stall shorter than the lease cost ${attempts.length - 1} attempts`)
      await until('the end of all', 60_000, async () => ((await busyWorkers(world)).size === 0 ? true : null), 200)
    }
    return wrong
  },
}

/** Hours by which the clock of a log's last line is apart from ours. */
async function hoursApart(world: World, member: Member): Promise<number> {
  const lines = (await readFile(join(world.folder, `${member.name}.log`), 'utf8')).trim().split('\n')
  const last = lines.findLast((line) => line.startsWith('{"level"')) ?? '{}'
  const { time } = JSON.parse(last) as { time?: number | string }
  return time === undefined ? 0 : Math.round((new Date(time).getTime() - Date.now()) / 3_600_000)
}

const w6Worker: Row = {
  id: 'W6-worker',
  title: "a worker's clock jumps an hour ahead and two back, while it runs shards",
  expected: 'nobody notices: leases are by the database, waits by the monotonic clock',
  world: { workers: 0 },
  times: { quick: 1, full: 5 },
  async run(world, random, times) {
    const clock = await fakeClock(world.folder)
    if (clock === null) {
      world.tally.count('left out: no libfaketime here')
      return []
    }
    await world.script(null, { requests: 100 })
    const worker = await world.startWorker(clock.env)
    const wrong: string[] = []
    for (let n = 0; n < times; n++) {
      for (const hours of [1, -1]) {
        const accepted = await orderHosts(world, 2)
        await untilAsked(world, accepted.hosts)
        await pause(random.between(0, 2000))
        await clock.setHours(hours)
        world.tally.count('clocks that jumped')
        const { state, attempts } = await outcomeOf(world, accepted)
        if (state !== 'completed' || attempts.length !== 2)
          wrong.push(`after a jump by ${hours} h a scan ended ${state} after ${attempts.length} attempts of two shards`)
        const apart = await hoursApart(world, worker)
        if (apart !== hours) wrong.push(`the worker's clock was to be ${hours} h apart and was ${apart} h`)
      }
    }
    return [...wrong, ...(worker.starts() > 1 ? ['the worker had to be started again'] : [])]
  },
}

/** Clocks, stalls and late statements. */
export const clockRows: Row[] = [w4, w6, w6Worker, w9, w10]
