import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHmac } from 'node:crypto'
import { spawn } from 'node:child_process'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { pythonTools } from '../contract/python.ts'
import { makeSay } from '../local/say.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { startTestService } from './service.ts'

type Received = { headers: IncomingHttpHeaders; body: string }
type Made = { id: string; secret: string }
type Event = { type: string; data: { scan: { id: string; state: string; findings: { total: number } } } }

/** A receiver on loopback, and what it got. */
async function startReceiver(): Promise<{ url: string; allow: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      reply.writeHead(204).end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, allow: `127.0.0.1/32:${port}`, received }
}

/** Verifies with the standardwebhooks of PyPI; what it says where it does not accept. */
async function verifyByPython(secret: string, { headers, body }: Received): Promise<string> {
  const tools = await pythonTools({ say: makeSay(process.stdout), env: process.env })
  const { file, env } = tools('python')
  const code = `
import json, sys
from standardwebhooks import Webhook
given = json.load(sys.stdin)
print(Webhook(given["secret"]).verify(given["body"], given["headers"])["type"])`
  const child = spawn(file, ['-c', code], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdin.end(JSON.stringify({ secret, body, headers }))
  await once(child, 'close')
  return said.trim()
}

test('a signed delivery of GitHub orders a scan, and a receiver gets a signed scan.completed that the libraries accept', async () => {
  const site = await startWeakSite()
  onTestFinished(() => site.stop())
  const receiver = await startReceiver()
  const service = await startTestService({
    allow: [`127.0.0.1/32:${site.httpPort}`],
    env: { SECRETS_KEY: 'ab'.repeat(32), WEBHOOK_ALLOW: receiver.allow },
  })
  onTestFinished(() => service.stop())
  const make = async (path: string, body: object) =>
    (await (await service.call(path, { method: 'POST', body })).json()) as Made
  const endpoint = await make('/v1/webhook-endpoints', { url: receiver.url, events: ['scan.completed'] })
  const trigger = await make('/v1/triggers', {
    ...{ name: 'deployed', kind: 'github', events: ['deployment_status'], filters: { states: ['success'] } },
    order: { targets: [{ fromPayload: '/deployment_status/environment_url' }], templates: { tags: ['git'] } },
  })

  const payload = {
    deployment_status: { state: 'success', environment_url: `http://127.0.0.1:${site.httpPort}` },
    deployment: { ref: 'main' },
  }
  const body = JSON.stringify(payload)
  const deliver = () =>
    fetch(`${service.url}/hooks/${trigger.id}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'deployment_status',
        'X-GitHub-Delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        'X-Hub-Signature-256': `sha256=${createHmac('sha256', trigger.secret).update(body).digest('hex')}`,
      },
      body,
    })
  const answer = await deliver()
  expect(answer.status).toBe(202)
  const { id } = (await answer.json()) as { id: string }
  expect(await service.follow(id)).toMatchObject({ state: 'completed', createdBy: { kind: 'trigger', id: trigger.id } })

  await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(1)
  const [event] = receiver.received
  if (event === undefined) throw new Error('nothing was received')
  const headers = event.headers as Record<string, string>
  const read = new Webhook(endpoint.secret).verify(event.body, headers) as Event
  expect(read).toMatchObject({ type: 'scan.completed', data: { scan: { id, state: 'completed' } } })
  expect(read.data.scan.findings.total).toBeGreaterThan(0)
  expect(await verifyByPython(endpoint.secret, event)).toBe('scan.completed')
  expect(await verifyByPython(endpoint.secret, { ...event, body: `${event.body} ` })).toContain(
    'WebhookVerificationError',
  )

  const again = await deliver()
  expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, id])
  expect(receiver.received).toHaveLength(1)
})
