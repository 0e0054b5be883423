import { expect, test } from 'vitest'
import { WardenError } from '../wall/warden-error.ts'
import { attemptOf } from './attempt.fixture.ts'
import type { StopWhy } from './attempt.ts'
import { releaseAfter } from './release-after.ts'

const coded = (code: string, more = {}) => Object.assign(new Error('it failed'), { code, ...more })

test.each(['ECONNREFUSED', 'CONNECTION_CLOSED', '57P01', '40001', '57014', '55P03'])(
  'the database is at fault for %s: no loss',
  (code) => {
    const { release, doubt } = releaseAfter(coded(code, { syscall: 'connect' }), attemptOf())
    expect(release).toMatchObject({ why: 'database-away', counted: false })
    expect(doubt).toBe(false)
  },
)

test.each(['ENOSPC', 'ENOTDIR', 'EMFILE', 'ENOENT'])(
  'this machine is at fault for %s: no loss, and it claims no more',
  (code) => {
    const { release, doubt } = releaseAfter(coded(code, { syscall: 'mkdir' }), attemptOf())
    expect(release).toMatchObject({ why: 'worker-unfit', counted: false })
    expect(doubt).toBe(true)
  },
)

test.each<StopWhy>(['cancelled', 'database-away', 'shutdown', 'wall-gone'])(
  'stopped by %s: no loss, whatever fails then',
  (why) => {
    const attempt = attemptOf()
    attempt.stop(why)
    expect(releaseAfter(new Error('the warden has ended'), attempt)).toMatchObject({
      release: { why, counted: false, detail: { message: 'the warden has ended' } },
      doubt: false,
    })
  },
)

test('a warden that does not answer or cannot be started is no loss, and this machine claims no more', () => {
  expect(releaseAfter(new WardenError('the warden did not answer "open"'), attemptOf())).toMatchObject({
    release: { why: 'wall-gone', counted: false },
    doubt: true,
  })
})

test.each([coded('22P05'), new TypeError('undefined is not a function'), 'a text'])(
  'what nobody knows better is a loss, so that a shard that always fails ends',
  (error) => {
    expect(releaseAfter(error, attemptOf())).toMatchObject({
      release: { why: 'worker-error', counted: true },
      doubt: false,
    })
  },
)
