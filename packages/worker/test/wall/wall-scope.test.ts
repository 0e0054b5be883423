import { expect, test } from 'vitest'
import { answerHttp, listen, openWall, order, read, rule, target, through } from './helpers.ts'

const NOT_ALLOWED = 2

test('wrong credentials are refused, and so is a client that offers none', async () => {
  const site = await listen()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')]))
  const wrong = { user: 'user-of-attempt-1', password: 'password-of-attempt-2' }
  expect((await through(wall.port, '127.0.0.1', site.port, wrong)).reply).toBe('auth-failed')
  const unknown = { user: 'user-of-attempt-9', password: 'password-of-attempt-1' }
  expect((await through(wall.port, '127.0.0.1', site.port, unknown)).reply).toBe('auth-failed')
  expect(site.accepted).toHaveLength(0)
})

test('an allowed address and port is reached and counted', async () => {
  const site = await listen(answerHttp)
  const wall = await openWall()
  wall.open(order([rule(`127.0.0.1:${site.port}`)], { targets: [target('127.0.0.1', site.port)] }))
  const { reply, socket } = await through(wall.port, '127.0.0.1', site.port)
  expect(reply).toBe(0)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  expect(String(await read(socket, 40))).toContain('HTTP/1.1 200')
  const [counts] = wall.evidence('attempt-1')?.targets ?? []
  expect(counts).toMatchObject({
    host: '127.0.0.1',
    port: site.port,
    connects: 1,
    failed: 0,
    timedOut: 0,
    refusedByScope: 0,
    bytesIn: 40,
    bytesOut: 18,
    requests: 1,
    answers: 1,
    otherAnswers: 0,
  })
  expect(counts?.firstAnswerAt).toBe(counts?.lastAnswerAt)
})

test('a refused address, port or name is answered 2, counted and never dialled', async () => {
  const site = await listen()
  const wall = await openWall({ resolve: async () => ['127.0.0.1'] })
  wall.open(order([rule('127.0.0.2'), rule('127.0.0.1:1')], { targets: [target('127.0.0.1', 1)] }))
  for (const host of [
    '127.0.0.1',
    '::ffff:127.0.0.1'.replace('127.0.0.1', '7f00:1'),
    'localhost',
    'elsewhere.test',
    '\u0001',
  ]) {
    expect((await through(wall.port, host, site.port)).reply, host).toBe(NOT_ALLOWED)
  }
  expect(site.accepted).toHaveLength(0)
  const evidence = wall.evidence('attempt-1')
  expect(evidence?.refusedTotal).toBe(5)
  expect(evidence?.refused).toContainEqual({ host: '127.0.0.1', port: site.port, count: 3 })
  expect(evidence?.targets).toContainEqual(
    expect.objectContaining({ host: '127.0.0.1', port: site.port, refusedByScope: 3, connects: 0 }),
  )
})

test('an own address stays shut although a network rule covers it, by address and by name', async () => {
  const database = await listen()
  const wall = await openWall({ resolve: async () => ['127.0.0.1'] })
  const own = [{ address: '127.0.0.1', port: database.port }]
  const rules = [rule('127.0.0.0/8'), rule('db.test')]
  wall.open(order(rules, { scope: { rules, own }, targets: [target('db.test', database.port, null)] }))
  await wall.pinTargets('attempt-1')
  for (const host of ['127.0.0.1', '127.0.0.2', 'db.test']) {
    expect((await through(wall.port, host, database.port)).reply, host).toBe(NOT_ALLOWED)
  }
  expect(database.accepted).toHaveLength(0)
})

test('metadata addresses stay shut under a rule for every address', async () => {
  const wall = await openWall({ resolve: async () => ['169.254.169.254'] })
  wall.open(order([rule('0.0.0.0/0'), rule('*')]))
  expect((await through(wall.port, '169.254.169.254', 80)).reply).toBe(NOT_ALLOWED)
  expect((await through(wall.port, 'innocent.test', 80)).reply).toBe(NOT_ALLOWED)
})

test('a rule that has expired since the order refuses at connect', async () => {
  const site = await listen()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1', 'allow', new Date(Date.now() - 1).toISOString())]))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(NOT_ALLOWED)
  expect(site.accepted).toHaveLength(0)
})

test('a refusing port is answered 5 and counted as failed', async () => {
  const site = await listen()
  site.server.close()
  const wall = await openWall()
  wall.open(order([rule('127.0.0.1')], { targets: [target('127.0.0.1', site.port)] }))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(5)
  expect(wall.evidence('attempt-1')?.targets).toMatchObject([
    { connects: 1, failed: 1, closed: 1, shed: 0, timedOut: 0 },
  ])
})

test('an attempt does not see what another one may reach', async () => {
  const site = await listen()
  const wall = await openWall()
  const second = { user: 'user-of-attempt-2', password: 'password-of-attempt-2' }
  wall.open(order([rule(`127.0.0.1:${site.port}`)]))
  wall.open(order([rule('127.0.0.1:1')], { attemptId: 'attempt-2', ...second }))
  expect((await through(wall.port, '127.0.0.1', site.port)).reply).toBe(0)
  expect((await through(wall.port, '127.0.0.1', site.port, second)).reply).toBe(NOT_ALLOWED)
  expect(() => wall.open(order([]))).toThrow('open already')
})
