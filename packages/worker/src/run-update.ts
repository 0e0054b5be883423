import { readFileSync } from 'node:fs'
import { createLog, logLevel, readConfig } from '@assayer/schema'
import * as v from 'valibot'
import { updateTemplates } from './bundle/update.ts'
import { scanFolder } from './scan-folder.ts'

const path = v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'))
const UpdateConfig = v.object({
  NUCLEI_PATH: path,
  TEMPLATES_DIR: path,
  TEMPLATES_SOURCE: v.optional(path, '/source'),
  SCAN_DIR: v.optional(path),
  LOG_LEVEL: logLevel,
})

/** `main templates [update]`: fills TEMPLATES_DIR where it is empty, or anew. Exits 0 when templates are there, 1 when not, 2 for a wrong variable. */
export async function runUpdate(env: NodeJS.ProcessEnv, anew: boolean): Promise<void> {
  const read = readConfig(UpdateConfig, env, Object.keys(UpdateConfig.entries), (file) => readFileSync(file, 'utf8'))
  if (!read.ok) {
    process.stderr.write(`${read.message}\n`)
    process.exit(2)
  }
  const { config } = read
  const log = createLog('templates', config.LOG_LEVEL)
  const stopping = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopping.abort())
  const updated = await updateTemplates({
    current: config.TEMPLATES_DIR,
    source: config.TEMPLATES_SOURCE,
    binary: config.NUCLEI_PATH,
    home: scanFolder(config.SCAN_DIR),
    anew,
    digests: new URL('../templates/starter-digests.json', import.meta.url),
    signal: stopping.signal,
  })
  switch (updated.kind) {
    case 'kept':
      log.info(updated, 'templates kept')
      return
    case 'updated':
      log.info(updated, 'templates updated: start the workers anew to scan with them')
      return
    case 'failed':
      log.error(
        { reason: updated.why },
        'templates could not be had: allow the download, mount a folder of them at TEMPLATES_SOURCE, or set TEMPLATES_DIR to the starter set',
      )
      process.exitCode = 1
  }
}
