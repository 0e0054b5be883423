import { expect, test } from 'vitest'
import { createBudget } from '../../src/wall/budget.ts'
import { listen, openWall, order, rule, stillClock, through } from './helpers.ts'

const never = new AbortController().signal

/** How many turns are there at once. */
async function burst(budget: ReturnType<typeof createBudget>, host: string): Promise<number> {
  let turns = 0
  while (await budget.take(host, 0, never)) turns += 1
  return turns
}

test('attempts share the budget of a host, and the highest rate counts', async () => {
  const clock = stillClock()
  const budget = createBudget(clock)
  budget.join('10.0.0.1', 'a', 100)
  budget.join('10.0.0.1', 'b', 50)
  budget.join('10.0.0.2', 'b', 50)
  expect(await burst(budget, '10.0.0.1')).toBe(100)
  expect(await burst(budget, '10.0.0.2')).toBe(50)
  clock.pass(20)
  expect(await burst(budget, '10.0.0.1')).toBe(2)
  budget.leave('a')
  clock.pass(20)
  expect(await burst(budget, '10.0.0.1')).toBe(1)
  budget.leave('b')
  expect(await budget.take('10.0.0.1', 1000, never)).toBe(false)
})

test('after the burst of one second no second sees more than the rate, however they come', async () => {
  const clock = stillClock()
  const budget = createBudget(clock)
  budget.join('10.0.0.1', 'a', 50)
  expect(await burst(budget, '10.0.0.1')).toBe(50)
  let turns = 0
  for (let ms = 0; ms < 1000; ms += 10) {
    turns += await burst(budget, '10.0.0.1')
    clock.pass(10)
  }
  expect(turns).toBeLessThanOrEqual(50)
  expect(turns).toBeGreaterThanOrEqual(49)
})

test('who waits gets a turn; who would wait too long, or left, does not', async () => {
  const budget = createBudget(stillClock())
  budget.join('10.0.0.1', 'a', 50)
  await burst(budget, '10.0.0.1')
  const turns: string[] = []
  const leaving = new AbortController()
  const first = budget.take('10.0.0.1', 1000, never).then((got) => turns.push(`first ${got}`))
  const second = budget.take('10.0.0.1', 1000, leaving.signal).then((got) => turns.push(`second ${got}`))
  expect(await budget.take('10.0.0.1', 20, never)).toBe(false)
  leaving.abort()
  await Promise.all([first, second])
  expect(turns).toEqual(['second false', 'first true'])
})

test('the wall makes two attempts share the budget of one host', async () => {
  const site = await listen()
  const wall = await openWall({ deadlines: { wait: 50 } })
  const second = { user: 'user-of-attempt-2', password: 'password-of-attempt-2' }
  wall.open(order([rule('127.0.0.0/8')], { requestsPerSecond: 0.5 }))
  wall.open(order([rule('127.0.0.0/8')], { attemptId: 'attempt-2', requestsPerSecond: 0.5, ...second }))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(0)
  expect((await through(wall.port, '127.0.0.1', site.port, second)).reply).toBe(1)
  expect((await through(wall.port, '127.0.0.2', site.port, second)).reply).toBe(5)
  expect(site.accepted).toHaveLength(1)
  expect(wall.evidence('attempt-2')?.targets).toContainEqual(
    expect.objectContaining({ host: '127.0.0.1', connects: 1, shed: 1, peakRequestsPerSecond: 0 }),
  )
})
