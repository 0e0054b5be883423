import { expect, test } from 'vitest'
import { checkVariables } from './check-variables.ts'

test('every mistake of both processes is named at once, each once', () => {
  const bad = { PORT: 'abc', LOG_LEVEL: 'loud', WORKER_CONCURRENCY: 'x', SCOPE_DENY: '***', RESOLVERS: 'q' }
  const check = () => checkVariables(bad)
  for (const name of Object.keys(bad)) expect(check).toThrow(new RegExp(`^  ${name}: `, 'm'))
  expect(check).not.toThrow(/LOG_LEVEL[\s\S]*LOG_LEVEL/)
})

test('good variables and none pass', () => {
  expect(() => checkVariables({ PORT: '3000', PATH: '/bin' })).not.toThrow()
})
