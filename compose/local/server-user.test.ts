import { expect, test } from 'vitest'
import { findUser } from './server-user.ts'

const passwd = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
odd:x:-2:-2::/:/bin/false`

test('a user is found by the whole name', () => {
  expect(findUser(passwd, 'postgres')).toEqual({ uid: 101, gid: 104 })
  expect(findUser(passwd, 'post')).toBeUndefined()
})

test('root and numbers that no process can have do not count', () => {
  expect(findUser(passwd, 'root')).toBeUndefined()
  expect(findUser(passwd, 'odd')).toBeUndefined()
})
