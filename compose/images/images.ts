import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { version } from '@assayer/schema'
import { LocalError } from '../local/local-error.ts'
import { runScript } from '../local/run-script.ts'
import { makeSay } from '../local/say.ts'
import { buildImages, images } from './build-images.ts'
import { docker, engineVersion } from './docker.ts'

const usage = `npx -y pnpm@12 images [--nuclei FOLDER] [--no-cache]
Builds assayer/schema, assayer/api, assayer/worker and assayer/site and tags them ${version} and latest.
  --nuclei FOLDER  take the binary \`nuclei\` of this folder instead of building it from source (about six minutes once)
  --no-cache       build every layer anew`

await runScript(async (signal) => {
  const { values } = parseArgs({
    options: { nuclei: { type: 'string' }, 'no-cache': { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  if ((await engineVersion(signal)) === null) throw new LocalError('No Docker engine answers: start one first.')
  const say = makeSay(process.stderr)
  await say.during('building the images', (detail) =>
    buildImages(process.env, {
      nuclei: values.nuclei === undefined ? undefined : resolve(values.nuclei),
      anew: values['no-cache'] === true,
      signal,
      onLine: detail,
    }),
  )
  const format = '{{.Repository}}:{{.Tag}}\t{{.ID}}\t{{.Size}}'
  const names = Object.keys(images).flatMap((name) => ['--filter', `reference=assayer/${name}:latest`])
  console.log((await docker(['images', '--format', format, ...names], { signal })).trim())
  return 0
})
