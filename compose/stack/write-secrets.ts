import { randomBytes } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatId, makeApiKey, newId } from '@assayer/schema'
import { LocalError } from '../local/local-error.ts'

/**
 * Writes the files that compose.yaml's secrets name, fresh ones, into a folder that only this user enters; a container's user has to
 * read the files themselves. Returns the bootstrap key. Throws LocalError where one is there already, and changes nothing then.
 */
export async function writeSecrets(folder: string): Promise<string> {
  const password = randomBytes(24).toString('hex')
  const key = await makeApiKey(formatId('key', newId()).slice(4))
  const secrets = {
    postgres_password: password,
    database_url: `postgres://assayer:${password}@postgres:5432/assayer`,
    bootstrap_key: key,
    secrets_key: randomBytes(32).toString('hex'),
  }
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new LocalError(
      `${folder} is there already: a database made with its password opens with no other. Move it away first.`,
    )
  }
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(folder, name), value, { flag: 'wx' })
    await chmod(join(folder, name), 0o644)
  }
  return key
}
