import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip, createZstdCompress } from 'node:zlib'
import { docker } from '../images/docker.ts'
import type { Step } from './step.ts'

const dockerfile = fileURLToPath(new URL('../images/Dockerfile', import.meta.url))
const [api, worker, schema] = ['assayer/api:latest', 'assayer/worker:latest', 'assayer/schema:latest']
const mb = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)

/** How large the images are, and of what. */
export const sizes: Step = {
  name: 'the images are saved and packed',
  long: true,
  async run(_, { signal, figure }, detail) {
    const size = async (...names: string[]) => {
      detail(names.join(', '))
      return await saved(names, signal)
    }
    const text = ({ plain, gzip, zstd }: Saved) => `${mb(plain)} MB, gzipped ${mb(gzip)} MB, by zstd ${mb(zstd)} MB`
    const all = await size(api, worker, schema)
    figure(api, text(await size(api)), '180 to 250 MB', '132, 47 MB')
    figure(worker, text(await size(worker)), '180 to 250 MB', '280, 95 MB')
    figure(schema, text(await size(schema)), '180 to 250 MB', '45 MB')
    figure('what it adds to the other two', `${mb(all.plain - (await size(api, worker)).plain)} MB`, '', '')
    const base = /^ARG RUNTIME_IMAGE=(\S+)$/m.exec(await readFile(dockerfile, 'utf8'))?.[1] ?? ''
    figure('of each: the base', text(await size(process.env['RUNTIME_IMAGE'] ?? base)), '', '')
    figure('of each: Node without its symbols, with its libraries', `${mb(await sizeOfNode(signal))} MB`, '', '')
    figure('all three, each layer once', text(all), '', '290 MB')
    return []
  },
}

type Saved = { plain: number; gzip: number; zstd: number }

/** Bytes of `docker save`, which has each layer once, and of the same packed at the usual levels. */
async function saved(names: readonly string[], signal: AbortSignal): Promise<Saved> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-saved-'))
  try {
    const file = join(folder, 'images.tar')
    await docker(['save', '--output', file, ...names], { signal, timeoutMs: 300_000 })
    const packed = async (packer: Transform) => {
      let bytes = 0
      const counter = new Writable({
        write(chunk: Buffer, _encoding, done) {
          bytes += chunk.length
          done()
        },
      })
      await pipeline(createReadStream(file), packer, counter, { signal })
      return bytes
    }
    const [gzip, zstd] = [await packed(createGzip()), await packed(createZstdCompress())]
    return { plain: (await stat(file)).size, gzip, zstd }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Bytes of the layer that the stage `node` of the Dockerfile makes: the first after the base's. */
async function sizeOfNode(signal: AbortSignal): Promise<number> {
  const history = ['history', '--no-trunc', '--human=false', '--format', '{{.Size}} {{.CreatedBy}}', schema]
  const line = (await docker(history, { signal })).split('\n').findLast((one) => one.includes(' COPY /out/ / '))
  return Number.parseInt(line ?? '', 10)
}
