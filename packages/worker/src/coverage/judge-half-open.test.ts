import { expect, test } from 'vitest'
import { counted, endpoint, healthy, only, targetOf, web, well } from './evidence.fixture.ts'
import type { Judged } from './evidence.fixture.ts'
import { judgeTarget } from './judge-target.ts'

test.each<Judged>([
  [
    'it answers the first request of each connection alone',
    web,
    only(counted({ connects: 3, asked: 3, answers: 3, requests: 4, unanswered: 1 })),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'every third handshake hangs',
    { ...web, web: 'https' },
    only(counted({ connects: 30, asked: 20, answers: 20, requests: 20, greetingsUnanswered: 10 })),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'it speaks no TLS, and was greeted in it',
    web,
    only(counted({ connects: 30, asked: 20, answers: 20, requests: 20, greetingsUnanswered: 10 })),
    well,
    'covered',
    null,
  ],
  [
    'a tenth of all requests got no answer',
    web,
    only(counted({ connects: 3, asked: 3, answers: 3, requests: 40, unanswered: 4 })),
    well,
    'covered',
    null,
  ],
  [
    'a bare host whose other ports are closed, and given up',
    { ...web, target: targetOf('127.0.0.1') },
    only(healthy, counted({ port: 6379, connects: 40, failed: 40, closed: 40 })),
    { ...well, gaveUp: new Set(['127.0.0.1:6379']) },
    'covered',
    null,
  ],
  [
    'a bare host with a port that was closed for most of the time',
    { ...web, target: targetOf('127.0.0.1') },
    only(healthy, counted({ port: 6379, connects: 40, failed: 39, closed: 39, answers: 1 })),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'a bare host whose web was closed all the time, while another of its ports spoke HTTP',
    { ...web, target: targetOf('127.0.0.1') },
    only(healthy, counted({ port: 80, connects: 40, failed: 40, closed: 40 })),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'a bare host with a port that nobody answers',
    { ...web, target: targetOf('127.0.0.1') },
    only(healthy, counted({ port: 6379, connects: 40, timedOut: 40 })),
    well,
    'partial',
    'connections-failed',
  ],
  [
    'a bare host of closed ports alone',
    { ...endpoint, target: targetOf('127.0.0.1') },
    only(counted({ port: 6379, connects: 40, failed: 40, closed: 40 })),
    well,
    'unreachable',
    'no-answer',
  ],
  [
    'it spoke no HTTP when it was asked, and did after the run',
    { ...endpoint, turnedWeb: true },
    only(counted({ connects: 3, otherAnswers: 3 })),
    well,
    'partial',
    'http-too-late',
  ],
])('%s', (_, truth, seen, run, coverage, reason) => {
  expect(judgeTarget(truth, seen, run)).toEqual({ coverage, reason })
})
