import { beforeEach, expect, test, vi } from 'vitest'
import { makeSay } from './say.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

function makeOut(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) }
}

test('where there is no terminal, a long step says at once that it began and each few seconds that it lives', async () => {
  const out = makeOut(false)
  const end = Promise.withResolvers<number>()
  const running = makeSay(out).during('building', (detail) => {
    detail('go: downloading a\x1b[2J module\n')
    return end.promise
  })
  expect(out.written).toEqual(['building ...\n'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(out.written.slice(1)).toEqual([
    'building ... 5 s, go: downloading a [2J module\n',
    'building ... 10 s, go: downloading a [2J module\n',
  ])
  end.resolve(7)
  expect(await running).toBe(7)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(out.written).toHaveLength(3)
})

test('on a terminal the steps that run share one line, other lines stand above it, and nothing of it stays', async () => {
  const out = makeOut(true)
  const say = makeSay(out)
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const running = [say.during('one', () => first.promise), say.during('two', () => second.promise)]
  await vi.advanceTimersByTimeAsync(1000)
  expect(out.written.at(-1)).toBe('\r\x1b[2Kone ... 1 s · two ... 1 s')
  say.line('hello')
  expect(out.written.slice(-2)).toEqual(['\r\x1b[2Khello\n', '\r\x1b[2Kone ... 1 s · two ... 1 s'])
  first.resolve()
  second.resolve()
  await Promise.all(running)
  expect(out.written.at(-1)).toBe('\r\x1b[2K')
})

test('a step that fails ends its line and passes the failure on', async () => {
  const out = makeOut(false)
  await expect(makeSay(out).during('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(vi.getTimerCount()).toBe(0)
})
