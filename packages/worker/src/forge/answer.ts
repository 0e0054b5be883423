import { answerUrl, forgeOf, formatId, isTerminal, readCommit, tokenPlace } from '@assayer/schema'
import type { AnswerKind, Commit, Severity } from '@assayer/schema'
import { getScan, twice } from '@assayer/schema/store'
import type { ClaimedDelivery, ScanRow } from '@assayer/schema/store'
import type { Posted } from '../webhooks/post.ts'
import type { SendDeps } from '../webhooks/send.ts'
import { githubStatus, gitlabStatus } from './status.ts'

export type Answer = ClaimedDelivery & { kind: AnswerKind; triggerId: string }
/** `ofTag`: the same of a tag, where the ref was taken for a branch and may be a tag's. */
type Body = { kind: 'body'; text: string; ofTag?: () => string } | Exclude<Posted, { kind: 'answered' }>

/** Sends an answer to its forge once. A status keeps its body for all tries; SARIF is written anew for each. */
export async function postAnswer(deps: SendDeps, delivery: Answer, signal: AbortSignal): Promise<Posted> {
  const { sql, write, sealer, post, userAgent } = deps
  const forge = forgeOf(delivery.kind)
  const commit = readCommit(forge, Object(delivery.event['commit']) as Commit)
  const url = answerUrl(delivery.kind, delivery.url, commit)
  if (commit === null || url === null) return { kind: 'not-sendable', detail: 'the event names no commit' }
  const token = await sealer.open(delivery.secretSealed, tokenPlace(delivery.triggerId))
  const { workspaceId, scanId } = delivery
  const row = scanId === null ? null : await twice(() => getScan(sql, workspaceId, scanId))
  const body = await bodyOf(deps, { delivery, commit, row }, signal)
  if (body.kind !== 'body') return body
  const isStatus = delivery.kind !== 'github-sarif'
  // What was kept first counts for all tries; a fenced sender sends nothing.
  if (isStatus && delivery.body === null && !(await write.keepBody({ key: delivery, said: body.text })))
    return { kind: 'aborted', detail: 'another sender has it' }
  const headers = { ...authorized[forge](token), 'Content-Type': 'application/json', 'User-Agent': userAgent }
  const inTime = AbortSignal.timeout(secondPostMs)
  const posted = await post(url, headers, body.text, signal)
  if (body.ofTag === undefined || posted.kind !== 'answered' || posted.status !== 404) return posted
  const again = await post(url, headers, body.ofTag(), AbortSignal.any([signal, inTime]))
  return again.kind === 'aborted' && !signal.aborted ? posted : again
}

/** Both POSTs of a SARIF whose ref was guessed end within one lease. */
const secondPostMs = 15_000

const authorized = {
  github: (token: string) => ({
    Authorization: `Bearer ${token}`,
    Accept: 'application/vnd.github+json',
    'X-GitHub-Api-Version': '2022-11-28',
  }),
  gitlab: (token: string) => ({ 'PRIVATE-TOKEN': token, Accept: 'application/json' }),
} satisfies Record<string, (token: string) => Record<string, string>>

async function bodyOf(
  { pack, publicUrl }: SendDeps,
  { delivery, commit, row }: { delivery: Answer; commit: Commit; row: ScanRow | null },
  signal: AbortSignal,
): Promise<Body> {
  // A state that is past must not stand over the one that came after.
  if (delivery.type === 'scan.started' && (row === null || isTerminal(row.state)))
    return { kind: 'superseded', detail: 'the scan has ended' }
  if (delivery.kind === 'github-sarif') return await sarifBody({ commit, row, pack }, signal)
  if (delivery.body !== null) return { kind: 'body', text: delivery.body }
  const id = delivery.scanId === null ? '' : formatId('scan', delivery.scanId)
  const severityFloor = delivery.severityFloor as Severity
  // GitHub refuses a link that is not http or https.
  const targetUrl = publicUrl === '' ? undefined : `${publicUrl}/v1/scans/${id}`
  const told = { commit, row, severityFloor, targetUrl }
  return { kind: 'body', text: delivery.kind === 'github-status' ? githubStatus(told) : gitlabStatus(told) }
}

const postedOf = { 'given-up': 'aborted', 'timed-out': 'timed-out', 'too-large': 'not-sendable' } as const

/** The body of GitHub's "Upload an analysis as SARIF data" (REST API 2022-11-28). */
async function sarifBody(
  { commit, row, pack }: { commit: Commit; row: ScanRow | null; pack: SendDeps['pack'] },
  signal: AbortSignal,
): Promise<Body> {
  if (row === null) return { kind: 'not-sendable', detail: 'the scan was deleted' }
  if (row.state !== 'completed') return { kind: 'not-sendable', detail: `the scan is ${row.state}` }
  if (commit.ref === null) return { kind: 'not-sendable', detail: 'the delivery named no branch or tag' }
  const packed = await pack(row, signal)
  if (packed.kind !== 'packed') return { kind: postedOf[packed.kind], detail: packed.detail }
  const { sha, ref, refIsGuessed } = commit
  const started_at = row.startedAt?.toISOString()
  const said = { commit_sha: sha, ref, sarif: packed.base64, tool_name: 'Assayer', started_at }
  const ofTag = () => JSON.stringify({ ...said, ref: ref.replace(/^refs\/heads\//, 'refs/tags/') })
  return { kind: 'body', text: JSON.stringify(said), ...(refIsGuessed ? { ofTag } : {}) }
}

const final = new Set([400, 401, 403, 404, 410, 413, 422])

/**
 * Whether a reply will be the same next time: a token that may not, a commit or repository that is not there. GitHub's rate limit is a 403 as
 * well, which passes.
 */
export function isFinal(posted: Extract<Posted, { kind: 'answered' }>): boolean {
  const limited = posted.status === 403 && (posted.retryAfter !== undefined || posted.rateLimit?.remaining === '0')
  return !limited && (final.has(posted.status) || (posted.status >= 300 && posted.status < 400))
}
