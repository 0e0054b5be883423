import { expect, test } from 'vitest'
import { listen, openWall, order, read, rule, target, through } from './helpers.ts'

/** Gives the first list at first, the last one ever after. */
function rebinding(...lists: string[][]) {
  const asked: string[] = []
  const resolve = async (name: string) => {
    asked.push(name)
    return lists[Math.min(asked.length, lists.length) - 1] ?? []
  }
  return { asked, resolve }
}

test('a name that later resolves elsewhere goes to the address that was pinned', async () => {
  const site = await listen((socket) => void socket.end('allowed'))
  const names = rebinding(['127.0.0.1'], ['127.0.0.2'])
  const wall = await openWall({ resolve: names.resolve })
  wall.open(order([rule(`site.test:${site.port}`), rule('127.0.0.0/8')], { targets: [target('site.test', site.port)] }))
  await wall.pinTargets('attempt-1')
  for (const spelled of ['site.test', 'SITE.test.']) {
    const { reply, socket } = await through(wall.port, spelled, site.port)
    expect(reply).toBe(0)
    expect(String(await read(socket, 7))).toBe('allowed')
  }
  expect(names.asked).toEqual(['site.test'])
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ host: 'site.test', connects: 2 }])
})

test('a name that first resolved to a shut address stays shut, whatever it says later', async () => {
  const site = await listen()
  const names = rebinding(['127.0.0.1'], ['127.0.0.2'])
  const wall = await openWall({ resolve: names.resolve })
  wall.open(order([rule('site.test'), rule('127.0.0.2')]))
  expect((await through(wall.port, 'site.test', site.port)).reply).toBe(2)
  expect((await through(wall.port, 'site.test', site.port)).reply).toBe(2)
  expect(names.asked).toHaveLength(1)
})

test('one shut address among several shuts the name', async () => {
  const site = await listen()
  const wall = await openWall({ resolve: async () => ['127.0.0.1', '10.0.0.1'] })
  wall.open(order([rule('site.test'), rule('127.0.0.1')]))
  expect((await through(wall.port, 'site.test', site.port)).reply).toBe(2)
  expect(site.accepted).toHaveLength(0)
})

test("an address is let through when it is pinned for a target's name, on the ports of that name's rule only", async () => {
  const site = await listen()
  const other = await listen()
  const wall = await openWall({
    resolve: async () => ['127.0.0.1'],
    // As for a public address: nothing but the rule for the name opens it.
    decide: (_scope, { name, port }) =>
      name === 'site.test' && port === site.port ? { allowed: true } : { allowed: false, code: 'no-rule' },
  })
  wall.open(order([], { targets: [target('Site.test', site.port, null)] }))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(2)
  await wall.pinTargets('attempt-1')
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(0)
  expect((await through(wall.port, '127.0.0.1', other.port)).reply).toBe(2)
  expect((await through(wall.port, '127.0.0.2', site.port)).reply).toBe(2)
  expect(site.accepted).toHaveLength(1)
  expect(other.accepted).toHaveLength(0)
  const named = wall.evidence('attempt-1')?.targets.filter(({ host }) => host === 'Site.test')
  expect(named).toMatchObject([{ port: site.port, connects: 1, refusedByScope: 0 }])
})

test('a name without an address is answered 4, counted as failed, and asked again only after a while', async () => {
  const names = rebinding([])
  const wall = await openWall({ resolve: names.resolve })
  wall.open(order([rule('gone.test')], { targets: [target('gone.test', 80)] }))
  await wall.pinTargets('attempt-1')
  expect((await through(wall.port, 'gone.test', 80)).reply).toBe(4)
  expect(names.asked).toHaveLength(1)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([{ host: 'gone.test', connects: 1, failed: 1 }])
})

test('of several addresses the next one is tried', async () => {
  const site = await listen(() => {}, '127.0.0.3')
  const wall = await openWall({ resolve: async () => ['127.0.0.2', '127.0.0.3'] })
  wall.open(order([rule('site.test'), rule('127.0.0.0/8')]))
  expect((await through(wall.port, 'site.test', site.port)).reply).toBe(0)
  expect(site.accepted).toHaveLength(1)
})
