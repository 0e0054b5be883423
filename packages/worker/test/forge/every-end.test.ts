import { expect, test } from 'vitest'
import { startSender } from '../webhooks/endpoints.ts'
import { commits, openAnswers } from './answers.ts'
import type { Run } from './answers.ts'
import { startForge } from './server.ts'

const { events, addAnswer, runFor, deliveries, ended, ofType } = openAnswers()

/** Each end of a scan, what GitHub and GitLab are told of it, and how many SARIFs GitHub gets. */
const ends: [Run, string, string, string, number][] = [
  [{}, 'completed', 'success', 'success', 1],
  [{ severity: 'medium' }, 'completed', 'success', 'success', 1],
  [{ severity: 'high' }, 'completed', 'failure', 'failed', 1],
  [{ severity: 'critical' }, 'completed', 'failure', 'failed', 1],
  [{ coverage: 'partial' }, 'partial', 'error', 'failed', 0],
  [{ coverage: 'partial', severity: 'critical' }, 'partial', 'error', 'failed', 0],
  [{ coverage: 'unreachable' }, 'failed', 'error', 'failed', 0],
  [{ coverage: 'covered', cancelled: true }, 'cancelled', 'error', 'canceled', 0],
  [{ coverage: 'partial', cancelled: true, severity: 'high' }, 'cancelled', 'error', 'canceled', 0],
]
const cases = ends.flatMap(([run, end, github, gitlab, sarifs]) => [
  ['github', run, end, github, sarifs] as const,
  ['gitlab', run, end, gitlab, 0] as const,
])

test.each(cases)(
  '%s: a scan with %j is %s: its commit gets %s, and %i SARIF',
  async (kind, run, end, status, sarifs) => {
    const forge = await startForge()
    await runFor(await addAnswer(forge.url, { kind, sarif: kind === 'github' }), { ...run, commit: commits[kind] })
    startSender(events.db)
    await ended(2 + sarifs)
    expect((await ofType(`scan.${end}`))?.state).toBe('delivered')
    expect(forge.statuses.map(({ body }) => body['state'])).toEqual([status])
    // What is made in one statement is all there, sent or not.
    expect((await deliveries()).filter((one) => one.kind === 'github-sarif')).toHaveLength(sarifs)
    expect(forge.sarifs).toHaveLength(sarifs)
  },
)
