import { formatId, makeApiKey, newId } from '@assayer/schema'

const help = `Prints a new API key. The service takes it as its first admin key from ASSAYER_BOOTSTRAP_KEY; clients send it as
Authorization: Bearer KEY, the scan script reads it from ASSAYER_KEY. It is printed once and stored nowhere.`

if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(help)
else console.log(await makeApiKey(formatId('key', newId()).slice(4)))
