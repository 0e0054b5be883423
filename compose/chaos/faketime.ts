import { join } from 'node:path'
import { rename, writeFile } from 'node:fs/promises'
import { fromDebian } from '../local/from-debian.ts'
import { silent } from '../local/say.ts'

/** A clock of a process that can be set while it runs; monotonic time goes on as it is. */
export type FakeClock = { env: Record<string, string>; setHours(hours: number): Promise<void> }

const machine: Record<string, string> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

/** libfaketime from Debian, unpacked into the cache; null on a system that has none. */
export async function fakeClock(folder: string): Promise<FakeClock | null> {
  const found = await fromDebian(
    {
      name: 'libfaketime',
      title: 'libfaketime',
      packages: ['libfaketime'],
      file: `usr/lib/${machine[process.arch] ?? ''}/faketime/libfaketime.so.1`,
      args: null,
    },
    { say: silent, env: process.env },
  )
  if (found === null) return null
  const file = join(folder, 'clock')
  const setHours = async (hours: number) => {
    await writeFile(`${file}.part`, `${hours < 0 ? '' : '+'}${hours}h\n`)
    await rename(`${file}.part`, file)
  }
  await setHours(0)
  return {
    env: {
      LD_PRELOAD: found.file,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    setHours,
  }
}
