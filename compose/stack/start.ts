import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { docker } from '../images/docker.ts'
import { memoryOf, mib, services, sum } from './memory.ts'
import type { Stack } from './stack.ts'
import type { Step } from './step.ts'

/** Longer than idle connections to PostgreSQL are kept. */
const restMs = 75_000
const at = v.pipe(v.string(), v.transform(Date.parse))
const Watched = v.array(
  v.object({
    State: v.object({
      FinishedAt: at,
      Health: v.optional(v.object({ Log: v.nullable(v.array(v.object({ End: at, ExitCode: v.number() }))) })),
    }),
  }),
)

/** As users start it, without the demo's site, which comes once it has been seen how long that took and what it takes at rest. */
export const start: Step = {
  name: 'the stack starts and is healthy',
  must: true,
  async run(stack, { signal, long, figure }) {
    const since = Date.now()
    await stack.compose(['up', '--detach', '--wait'], { COMPOSE_PROFILES: '' })
    const seconds = (until: number) => ((until - since) / 1000).toFixed(1)
    const healthy = seconds(Date.now())
    const reached = (await milestones(stack, signal)).map(seconds).join(', ')
    figure('`up --wait`, images there, empty volumes', `${healthy} s`, '20 to 30 s', '3.5 s')
    figure('of it until PostgreSQL, the migrations, the API and the worker are ready', `${reached} s`, '', '')
    await sleep(long ? restMs : 5000, undefined, { signal })
    const idle = await memoryOf(stack, services, signal)
    const when = long ? 'a minute after the start' : 'after the start'
    figure(`${services.join(', ')}: ${when}`, mib(...idle), '', '')
    figure(`all four: ${when}`, mib(sum(idle)), 'its own code without containers: measured 364 MB', '128 MiB')
    await stack.compose(['up', '--detach', '--wait', '--no-deps', 'site'])
    return []
  },
}

/** When each was first found healthy, or ended. The engine keeps the last five looks, which are enough: after the first good one they are rare. */
async function milestones(stack: Stack, signal: AbortSignal): Promise<number[]> {
  const names = ['postgres', 'schema', 'api', 'worker'].map(stack.name)
  return v
    .parse(Watched, JSON.parse(await docker(['inspect', ...names], { signal })))
    .map(({ State }) => State.Health?.Log?.find(({ ExitCode }) => ExitCode === 0)?.End ?? State.FinishedAt)
}
