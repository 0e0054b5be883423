import type { IncomingHttpHeaders } from 'node:http'
import { startReceiver } from '../webhooks/receiver.ts'

type Taken = { path: string; authorization: string; headers: IncomingHttpHeaders; body: Record<string, unknown> }
export type Forge = { url: string; statuses: Taken[]; sarifs: Taken[] }

const shaForm = /^[0-9a-f]{40}$/
const githubStates = ['error', 'failure', 'pending', 'success']
const gitlabStates = ['pending', 'running', 'success', 'failed', 'canceled', 'skipped']

/** GitHub: "must use http(s) scheme"; a link may be left out. */
const isLink = (text: unknown): boolean =>
  text === undefined || (typeof text === 'string' && /^https?:\/\/./.test(text))

/**
 * A forge on loopback that speaks the routes that answers go to and checks what the forges document as needed. It answers the
 * first requests with the given statuses.
 */
export async function startForge(first: number[] = [], headers: Record<string, string> = {}): Promise<Forge> {
  const [statuses, sarifs]: [Taken[], Taken[]] = [[], []]
  const waiting = [...first]
  const { url } = await startReceiver((reply, { path, headers: sent, body: text }) => {
    const body = JSON.parse(text) as Record<string, unknown>
    const { authorization = String(sent['private-token'] ?? '') } = sent
    const [, sha = ''] = /\/statuses\/(\w+)$/.exec(path) ?? []
    const isGithub = /^\/repos\/[\w-]+\/[\w.-]+\/statuses\/\w+$/.test(path)
    const isGitlab = /^\/api\/v4\/projects\/\d+\/statuses\/\w+$/.test(path)
    const isSarif = /^\/repos\/[\w-]+\/[\w.-]+\/code-scanning\/sarifs$/.test(path)
    if (authorization === '') return reply.writeHead(401).end()
    if (!isGithub && !isGitlab && !isSarif) return reply.writeHead(404).end()
    const known = isGithub ? githubStates : gitlabStates
    const fits = isSarif
      ? shaForm.test(String(body['commit_sha'])) && String(body['ref']).startsWith('refs/') && 'sarif' in body
      : shaForm.test(sha) &&
        known.includes(String(body['state'])) &&
        String(body['description']).length <= 140 &&
        isLink(body['target_url'])
    if (!fits) return reply.writeHead(422).end()
    const list = isSarif ? sarifs : statuses
    list.push({ path, authorization, headers: sent, body })
    const status = waiting.shift()
    if (status !== undefined) return reply.writeHead(status, headers).end()
    return reply.writeHead(isSarif ? 202 : 201, { 'Content-Type': 'application/json' }).end('{"id":1}')
  })
  return { url: new URL(url).origin, statuses, sarifs }
}
