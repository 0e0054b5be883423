import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refused } from '../client/http.ts'
import type { OwnProcess } from '../local/own-process.ts'
import { startWeakSite } from '../local/weak-site/start-weak-site.ts'
import { startTestService } from './service.ts'
import type { TestService } from './service.ts'

let site: Awaited<ReturnType<typeof startWeakSite>>
let service: TestService
let folder: string
let awake: OwnProcess
beforeAll(async () => {
  site = await startWeakSite()
  service = await startTestService({ allow: ['127.0.0.1/32'] })
  folder = await mkdtemp(join(tmpdir(), 'assayer-slow-'))
})
afterAll(async () => {
  await service.stop()
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

const source = (id: string, request = 'matchers: [{ type: status, status: [200] }]') =>
  `id: ${id}\ninfo: { name: Ours, author: us, severity: low }\nhttp:\n  - path: ['{{BaseURL}}/']\n    ${request}\n`
type Made = { id: string; source: string }
async function make(name: string, text: string): Promise<Made> {
  const response = await service.call('/v1/custom-templates', { method: 'POST', body: { name, source: text } })
  return (await response.json()) as Made
}
const refusal = (made: Promise<unknown>) =>
  made.then(
    () => null,
    (error: unknown) => (error instanceof Refused ? { status: error.status, ...error.problem } : null),
  )
const target = () => `http://127.0.0.1:${site.httpPort}`

test('a template of a user finds something beside the installed ones, and the scan is complete', async () => {
  const { id } = await make('ours', source('ours-first'))
  const order = { templates: { tags: ['git'], custom: [id] } }
  const { scan, findings } = await service.scan([target()], order)
  expect(scan).toMatchObject({ state: 'completed', coverage: { covered: 1 } })
  const found = findings.map(({ templateId }) => templateId)
  expect(found.filter((one) => one === 'ours-first')).toHaveLength(1)
  expect(found.length).toBeGreaterThan(1)
})

test('a scan runs the text it was ordered with, whatever became of the template', async () => {
  const { id } = await make('to be deleted', source('ours-deleted'))
  await service.worker().stop()
  const scan = await service.order([target()], { templates: { ids: ['none-installed'], custom: [id] } })
  await service.call(`/v1/custom-templates/${id}`, { method: 'DELETE' })
  awake = await service.startWorker()
  expect(await service.follow(scan.id)).toMatchObject({
    ...{ state: 'completed', templatesSelected: 1, templatesLoaded: 1, findings: { total: 1, low: 1 } },
  })
})

test('a text that is not what was ordered does not run, and the scan does not read clean', async () => {
  const { id } = await make('to be forged', source('ours-forged'))
  await service.db.sql`
    update custom_template_sources set source = ${source('ours-forged', 'matchers: []')} where source like 'id: ours-forged%'`
  const { id: scanId } = await service.order([target()], { templates: { ids: ['none-installed'], custom: [id] } })
  const scan = await service.follow(scanId)
  expect(scan.state).not.toBe('completed')
  expect(scan.findings.total).toBe(0)
})

test('what Nuclei or Assayer refuses is refused with the reason, and not stored', async () => {
  expect(await refusal(make('bad', source('bad', 'matchers: [{ type: regex, regex: ["("] }]')))).toMatchObject({
    ...{ status: 422, code: 'template-invalid', detail: expect.stringMatching(/regex|parenthesis/) },
  })
  expect(await refusal(make('bad', source('bad', 'payloads: { word: /etc/passwd }')))).toMatchObject({
    ...{ status: 422, code: 'template-not-permitted', detail: expect.stringContaining('payload') },
  })
  expect(await service.db.sql`select from custom_templates where name = 'bad'`).toHaveLength(0)
})

test('a worker that dies over a validation is replaced by another within the wait', async () => {
  const slow = join(folder, 'nuclei')
  const real = process.env['NUCLEI_PATH'] ?? ''
  await writeFile(slow, `#!/bin/sh\ncase "$*" in *-validate*) exec /bin/sleep 20;; esac\nexec '${real}' "$@"\n`)
  await chmod(slow, 0o755)
  const dying = await service.startWorker({ NUCLEI_PATH: slow })
  const claimed = async () => {
    for (let looks = 0; looks < 400; looks++) {
      const [row] = await service.db.sql`select worker_id from template_validations where state = 'running'`
      if (row) return row['worker_id'] as string
      await sleep(20)
    }
    throw new Error('nobody claimed')
  }
  // Only the dying one is awake when the template comes.
  process.kill(awake.pid, 'SIGSTOP')
  try {
    const making = make('survivor', source('ours-survivor'))
    await claimed()
    process.kill(dying.pid, 'SIGKILL')
    process.kill(awake.pid, 'SIGCONT')
    expect(await making).toMatchObject({ source: source('ours-survivor') })
  } finally {
    process.kill(awake.pid, 'SIGCONT')
  }
})
