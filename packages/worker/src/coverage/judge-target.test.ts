import { expect, test } from 'vitest'
import { counted, endpoint, healthy, only, targetOf, web, well } from './evidence.fixture.ts'
import type { Judged } from './evidence.fixture.ts'
import { countsFrom, judgeTarget, needsLateAnswer } from './judge-target.ts'

test.each<Judged>([
  ['it answered every request', web, only(healthy), well, 'covered', null],
  [
    'a tenth of its connections failed',
    web,
    only({ ...healthy, asked: 90, answers: 90, failed: 13 }),
    well,
    'covered',
    null,
  ],
  [
    'more than a tenth of its connections failed',
    web,
    only({ ...healthy, asked: 90, answers: 90, failed: 14 }),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'N8: it accepts and never answers',
    web,
    only(counted({ connects: 100, asked: 100 })),
    well,
    'unreachable',
    'no-answer',
  ],
  ['N9: it refuses', web, only(counted({ connects: 4, failed: 4 })), well, 'unreachable', 'no-answer'],
  ['N9: nothing came back in time', web, only(counted({ connects: 4, timedOut: 4 })), well, 'unreachable', 'no-answer'],
  [
    'N10: it died half-way, refusing',
    web,
    only({ ...healthy, asked: 60, answers: 60, failed: 40 }),
    well,
    'partial',
    'connections-failed',
  ],
  ['N10: it died half-way, silent', web, only({ ...healthy, answers: 60 }), well, 'partial', 'connections-failed'],
  [
    'N10: it died near the end',
    { ...web, answeredLate: false },
    only({ ...healthy, asked: 95, answers: 95, failed: 5 }),
    well,
    'partial',
    'stopped-answering',
  ],
  [
    'it answered again after a bad moment',
    { ...web, answeredLate: true },
    only({ ...healthy, asked: 95, answers: 95, failed: 5 }),
    well,
    'covered',
    null,
  ],
  [
    'N11: Nuclei gave it up for a dead third party',
    web,
    only(healthy),
    { ...well, gaveUp: new Set(['127.0.0.1:8080']) },
    'partial',
    'given-up-by-nuclei',
  ],
  [
    'N11: Nuclei gave up another one',
    web,
    only(healthy),
    { ...well, gaveUp: new Set(['127.0.0.1:8081', '127.0.0.2:8080']) },
    'covered',
    null,
  ],
  [
    'N12: it answered only the probe, then nothing',
    web,
    { all: [counted({ connects: 101, asked: 101, answers: 1 })], scanned: [counted({ connects: 100, asked: 100 })] },
    well,
    'unreachable',
    'no-answer',
  ],
  [
    'N12: it answered the probe, and Nuclei never came',
    endpoint,
    { all: [counted({ connects: 2, answers: 2 })], scanned: [counted()] },
    well,
    'unreachable',
    'not-contacted',
  ],
  ['nobody came', web, only(counted()), well, 'unreachable', 'not-contacted'],
  ['nobody came, as nothing ran', web, only(), { ...well, flaw: 'scanner-error' }, 'skipped', 'scanner-error'],
  [
    'it answered the probe, and nothing ran',
    endpoint,
    { all: [counted({ connects: 2, answers: 1 })], scanned: [counted()] },
    { ...well, flaw: 'no-template-applies' },
    'skipped',
    'no-template-applies',
  ],
  [
    'it did not answer the probe, and nothing ran',
    endpoint,
    { all: [counted({ connects: 2, failed: 2 })], scanned: [counted()] },
    { ...well, flaw: 'no-template-applies' },
    'unreachable',
    'no-answer',
  ],
  ['the run was cut off', web, only(healthy), { ...well, flaw: 'soft-limit' }, 'partial', 'soft-limit'],
  [
    'it is dead and the run was cut off',
    web,
    only(counted({ connects: 9, failed: 9 })),
    { ...well, flaw: 'soft-limit' },
    'unreachable',
    'no-answer',
  ],
  ['its rule has ended', { ...web, inScope: false }, only(healthy), well, 'skipped', 'scope'],
  ['the wall refused all of it', web, only(counted({ refusedByScope: 7 })), well, 'skipped', 'scope'],
  [
    'a template tried a port that scope forbids',
    { ...endpoint, target: targetOf('127.0.0.1') },
    only(healthy, counted({ port: 6379, refusedByScope: 3 })),
    well,
    'covered',
    null,
  ],
  [
    'it speaks, but no HTTP where HTTP is asked',
    web,
    only(counted({ connects: 5, otherAnswers: 5 })),
    well,
    'unreachable',
    'no-answer',
  ],
  [
    'it speaks, whatever it is',
    endpoint,
    only(counted({ connects: 3, otherAnswers: 1, tlsHandshakes: 1, failed: 0 })),
    well,
    'covered',
    null,
  ],
  [
    'another port of its host answered',
    web,
    only(counted({ connects: 3, failed: 3 }), counted({ port: 9090, connects: 9, answers: 9 })),
    well,
    'unreachable',
    'no-answer',
  ],
])('%s', (_, truth, seen, run, coverage, reason) => {
  expect(judgeTarget(truth, seen, run)).toEqual({ coverage, reason })
})

test('an IPv6 target is found among those that Nuclei gave up', () => {
  const truth = { ...web, target: targetOf('http://[::1]:8080') }
  const seen = only({ ...healthy, host: '::1' })
  expect(judgeTarget(truth, seen, { ...well, gaveUp: new Set(['[::1]:8080']) }).reason).toBe('given-up-by-nuclei')
})

test('a target is asked again only where it answered and its counts leave a doubt', () => {
  const at = { firstAt: 1, lastAt: 50, firstAnswerAt: 2, lastAnswerAt: 50 }
  expect(needsLateAnswer(web, [{ ...healthy, ...at }])).toBe(false)
  expect(needsLateAnswer(web, [{ ...healthy, ...at, answers: 99 }])).toBe(true)
  expect(needsLateAnswer(web, [{ ...healthy, ...at, unanswered: 1 }])).toBe(true)
  expect(needsLateAnswer(web, [{ ...healthy, ...at, lastAt: 51 }])).toBe(true)
  expect(needsLateAnswer(web, [counted({ ...at, connects: 9, failed: 9 })])).toBe(false)
  expect(needsLateAnswer(web, [])).toBe(false)
})

test('a coverage row sums the ports of a bare host', () => {
  const rows = [
    counted({ connects: 2, answers: 1, otherAnswers: 1, firstAt: 5, lastAt: 9, peakRequestsPerSecond: 4 }),
    counted({ port: 443, connects: 1, timedOut: 1, firstAt: 3, lastAt: 6, peakRequestsPerSecond: 7 }),
    counted({ port: 80 }),
  ]
  expect(countsFrom(rows)).toMatchObject({
    connects: 3,
    timedOut: 1,
    answers: 2,
    firstAt: 3,
    lastAt: 9,
    peakRequestsPerSecond: 7,
  })
  expect(countsFrom([])).toMatchObject({ connects: 0, firstAt: null, lastAt: null })
})
