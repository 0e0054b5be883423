import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { reportOf } from './report.ts'
import { openState } from './state.ts'
import type { Done } from './state.ts'

const done = (round: string, times: Record<string, number[]> = {}, wrong: Done['played']['wrong'] = []): Done => ({
  ...{ round, commit: 'abc', at: '2026-01-01T00:00:00Z', load: 1, alone: round.endsWith('/0') },
  played: { id: round.split('/')[0] ?? '', seed: 1, seconds: 2, wrong, counts: { 'worker SIGKILLs': 3 }, times },
})

test('rounds are kept; one that was cut off in mid-line is played again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-state-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'deep', 'state.jsonl')
  const first = await openState(file)
  await first.add(done('W2/0'))
  await appendFile(file, '{"round":"W2/1","com')
  const second = await openState(file)
  expect(second.done.map(({ round }) => round)).toEqual(['W2/0'])
  await second.add(done('W2/1'))
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2)
  expect((await openState(file)).done).toEqual([done('W2/0'), done('W2/1')])
})

test('the report sums rounds, compares what was measured alone with the aims, and names what was wrong', () => {
  const key = 'SIGKILL to the next attempt claimed (session-gone)'
  const rows = [
    done('W2/0', { [key]: [5000, 9000] }),
    done('W2/1', { [key]: [7000] }, [{ broken: 'lost', said: 'a scan was lost' }]),
  ]
  const input = { seed: 1, command: 'chaos', left: 2, rows: [], mutations: null }
  const report = reportOf({ ...input, done: rows, versions: { postgres: '18', redis: '7', nuclei: '3' } })
  expect(report).toMatch(/worker SIGKILLs +\| 6 +\| 1000/)
  expect(report).toMatch(/\| 2 +\| 5000 +\| 9000 +\| 1 +\| 7000 +\| 7000 +\| p99 8000 +\| missed +\|/)
  expect(report).toMatch(/- W2\/1 \(lost\): a scan was lost/)
  expect(report).toContain('2 were not played')
})

test('what was measured only beside other rounds is held against the aim all the same', () => {
  const key = 'SIGKILL to the next attempt claimed (session-gone)'
  const input = { seed: 1, command: 'chaos', left: 0, rows: [], mutations: null }
  const versions = { postgres: '18', redis: '7', nuclei: '3' }
  const report = reportOf({ ...input, done: [done('W2/1', { [key]: [9000] })], versions })
  expect(report).toMatch(/\| 0 +\| - +\| - +\| 1 +\| 9000 +\| 9000 +\| p99 8000 +\| missed +\|/)
})

test('a round that was wrong and was played again counts by its last play, and the report tells both', () => {
  const lost = [{ broken: 'lost' as const, said: 'a scan was lost' }]
  const input = { seed: 1, command: 'chaos', left: 0, rows: [], mutations: null }
  const versions = { postgres: '18', redis: '7', nuclei: '3' }
  const plays = [done('W2/0', {}, lost), done('W4/0', {}, lost), { ...done('W2/0'), commit: 'def' }]
  const report = reportOf({ ...input, done: plays, versions })
  expect(report).toMatch(/worker SIGKILLs +\| 6 +\| 1000/)
  expect(report).toMatch(/\| 1 +\| 0 +\| 0 +\| 0 +\| 0 +\|/)
  expect(report).toContain('- W2/0 (lost): a scan was lost. Commit abc; played again on def: nothing wrong.')
  expect(report).toContain('- W4/0 (lost): a scan was lost\n')
})
