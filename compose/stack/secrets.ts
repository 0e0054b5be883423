import { fileURLToPath } from 'node:url'
import { runScript } from '../local/run-script.ts'
import { writeSecrets } from './write-secrets.ts'

const usage = `npx -y pnpm@12 secrets
Writes compose/secrets: the database's password and address, the first admin key, and the key that seals stored secrets.`

await runScript(async () => {
  if (process.argv.length > 2) {
    console.log(usage)
    return process.argv[2] === '--help' ? 0 : 2
  }
  const folder = fileURLToPath(new URL('../secrets', import.meta.url))
  await writeSecrets(folder)
  console.log(`Written: ${folder}\nThe first admin key is in ${folder}/bootstrap_key.`)
  return 0
})
