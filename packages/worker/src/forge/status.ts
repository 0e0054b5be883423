import { atLeast, isTerminal, severities } from '@assayer/schema'
import type { Commit, Severity } from '@assayer/schema'
import type { ScanRow } from '@assayer/schema/store'

/** `targetUrl`: left out where nobody said at which address the API is. */
type Told = { commit: Commit; row: ScanRow | null; severityFloor: Severity; targetUrl: string | undefined }
type Verdict = { verdict: 'pending' | 'success' | 'failure' | 'error' | 'cancelled'; description: string }

/**
 * What a scan says of its commit. Success is of a completed scan without a confirmed finding at or above the floor alone: what did
 * not look at everything, or is no longer there, shows nothing.
 */
function verdictOf({ row, severityFloor }: Pick<Told, 'row' | 'severityFloor'>): Verdict {
  if (row === null) return { verdict: 'error', description: 'The scan was deleted' }
  if (!isTerminal(row.state)) return { verdict: 'pending', description: 'The scan is under way' }
  const { covered, asked } = row.coverage
  const looked = `${covered} of ${asked} targets covered`
  if (row.state === 'cancelled') return { verdict: 'cancelled', description: `The scan was cancelled: ${looked}` }
  if (row.state !== 'completed') return { verdict: 'error', description: `The scan is ${row.state}: ${looked}` }
  const found = severities
    .filter((severity) => atLeast(severity, severityFloor))
    .reduce((sum, severity) => sum + row.findings[severity], 0)
  const description = `${found} findings of severity ${severityFloor} or worse, ${looked}`
  return { verdict: found === 0 ? 'success' : 'failure', description }
}

/** The body of GitHub's "Create a commit status" (REST API 2022-11-28). */
export function githubStatus(told: Told): string {
  const { verdict, description } = verdictOf(told)
  const state = verdict === 'cancelled' ? 'error' : verdict
  const { context } = told.commit
  return JSON.stringify({ state, target_url: told.targetUrl, description: description.slice(0, 140), context })
}

const gitlabStates = {
  pending: 'running',
  success: 'success',
  failure: 'failed',
  error: 'failed',
  cancelled: 'canceled',
} as const

/** The body of GitLab's "Set commit pipeline status" (API v4), which has no word for an error. */
export function gitlabStatus(told: Told): string {
  const { verdict, description } = verdictOf(told)
  const { context, ref } = told.commit
  const name = ref === null || ref.startsWith('refs/pull/') ? {} : { ref: ref.replace(/^refs\/(?:heads|tags)\//, '') }
  return JSON.stringify({
    ...{
      state: gitlabStates[verdict],
      name: context,
      target_url: told.targetUrl,
      description: description.slice(0, 255),
    },
    ...name,
  })
}
