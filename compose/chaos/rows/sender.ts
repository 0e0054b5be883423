import { parseId } from '@assayer/schema'
import type { Member } from '../members.ts'
import type { Row } from '../row.ts'
import { accept } from '../receivers.ts'
import type { Receiver } from '../receivers.ts'
import { pause } from '../supervise.ts'
import { outcomeOf, until } from '../watch.ts'
import type { World } from '../world.ts'

/** The worker that sends this event now. */
async function senderOf({ sql, workers }: World, event: string): Promise<Member | null> {
  const [row] = await sql<{ workerId: string }[]>`
    select worker_id as "workerId" from webhook_deliveries
    where event_id = ${parseId('event', event)} and state = 'sending'`
  return workers.find((member) => member.current()?.ready.ready === row?.workerId) ?? null
}

const h6: Row = {
  id: 'H6',
  title: 'a sender is killed by SIGKILL between its POST and the mark',
  expected: 'each event arrives again, under the same id and with the same body; none is lost',
  world: { workers: 2, webhooks: true },
  times: { quick: 4, full: 200 },
  settleMs: 120_000,
  async run(world, _random, times) {
    const killed = new Set<string>()
    const seen = new Set<string>()
    const receiver = await world.receivers.open(
      (reply, post) => {
        const first = !seen.has(post.id)
        seen.add(post.id)
        if (!first || killed.size >= times) {
          accept(reply, post)
          return
        }
        const kill = async () => {
          const sender = await senderOf(world, post.id)
          if (sender !== null && sender.signal('SIGKILL') !== null) {
            killed.add(post.id)
            world.tally.count('senders killed between POST and mark')
          }
          reply.destroy()
        }
        kill().catch(() => reply.destroy())
      },
      ['scan.finished'],
    )
    await world.script(null, { requests: 2, paceMs: 10 })
    const { url } = await world.sites.open('answers')
    for (let n = 0; n < 2; n++) await outcomeOf(world, await world.ledger.order({ targets: [url] }), 120_000)
    // Some kills may miss: the sender was ending already.
    for (let n = 0; n < times * 2 && killed.size < times; n++) {
      const before = seen.size
      await receiver.test()
      await until('the first try of an event', 120_000, () => (seen.size > before ? true : null))
    }
    const again = () => [...killed].filter((id) => receiver.posts.filter((post) => post.id === id).length < 2)
    await until('the second try of each', 120_000, () => (again().length === 0 ? true : null)).catch(() => {})
    return [
      ...(killed.size < times ? [`only ${killed.size} senders were killed`] : []),
      ...again().map((id) => `${id} did not come again after its sender was killed`),
    ]
  },
}

/** A sender that is stopped after its POST, its try not yet written down; null where the try ended just before. */
async function stopSender(world: World, receiver: Receiver): Promise<Member | null> {
  await receiver.test()
  const [first] = await until('the first try', 60_000, () => (receiver.posts.length > 0 ? receiver.posts : null), 10)
  const sender = await senderOf(world, first?.id ?? '')
  const stopped = sender?.signal('SIGSTOP') ?? null
  if (sender === null || stopped === null) return null
  world.excuse.workers.set(stopped, Number.POSITIVE_INFINITY)
  // What it sent to the database before may still arrive.
  await pause(200)
  if ((await senderOf(world, first?.id ?? '')) === sender) return sender
  sender.signal('SIGCONT')
  return null
}

async function stopOne(world: World): Promise<string[] | null> {
  const hold = Promise.withResolvers<void>()
  const receiver = await world.receivers.open((reply, post) => {
    // The first try is never answered.
    if (receiver.posts.length > 1) void hold.promise.then(() => accept(reply, post))
  })
  const sender = await stopSender(world, receiver)
  if (sender === null) {
    hold.resolve()
    return null
  }
  world.tally.count('sender SIGSTOPs')
  await until('the second try', 90_000, () => (receiver.posts.length > 1 ? true : null), 10)
  sender.signal('SIGCONT')
  await pause(1500)
  hold.resolve()
  const row = await until('the end of the delivery', 60_000, async () => {
    const [ended] = await world.sql<{ statuses: (number | null)[] }[]>`
      select jsonb_path_query_array(log, '$[*].status') as statuses from webhook_deliveries
      where endpoint_id = ${parseId('webhook-endpoint', receiver.endpointId)} and state in ('delivered', 'dead')`
    return ended ?? null
  })
  const statuses = JSON.stringify(row.statuses)
  return statuses === '[204]' ? [] : [`the log of a delivery with a stopped sender reads ${statuses}`]
}

const h8: Row = {
  id: 'H8',
  title: 'a sender is stopped between its POST and the mark, for longer than its lease, then goes on',
  expected: 'another sends the event again, under the same id; what the first one writes then changes nothing',
  world: { workers: 2, webhooks: true },
  times: { quick: 1, full: 10 },
  async run(world, _random, times) {
    const wrong: string[] = []
    let stopped = 0
    for (let n = 0; n < times * 3 && stopped < times; n++) {
      const said = await stopOne(world)
      if (said === null) continue
      stopped++
      wrong.push(...said)
    }
    return stopped < times ? [...wrong, `only ${stopped} senders were stopped`] : wrong
  },
}

/** Ends of the process that sends events. */
export const senderRows: Row[] = [h6, h8]
