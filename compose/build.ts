import { cp, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRequire } from 'node:module'
import { build } from 'esbuild'
import { bundleForEdge } from './edge-bundle.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = join(here, '../packages')
const entries = [
  { folder: join(packages, 'schema'), files: { main: 'src/main.ts' } },
  { folder: join(packages, 'api'), files: { main: 'src/main.ts' } },
  {
    folder: join(packages, 'worker'),
    files: { main: 'src/main.ts', warden: 'src/wall/warden.ts', judge: 'src/custom/judge-thread.ts' },
  },
  { folder: here, files: { site: 'local/weak-site/main.ts' } },
]

// The package redis is @redis/client and the commands of search, JSON, time series and filters, none of which are sent: half of what would
// be loaded.
const fromApi = createRequire(join(packages, 'api/package.json'))
const redisClient = createRequire(fromApi.resolve('redis')).resolve('@redis/client')

// redis and bee-queue are CommonJS; their requires need a require, and bee-queue reads its Lua files beside the bundle.
const banner = `import { createRequire as makeRequire } from 'node:module'; import { dirname as dirnameOf } from 'node:path'; import { fileURLToPath as pathOf } from 'node:url'; const require = makeRequire(import.meta.url); const __filename = pathOf(import.meta.url); const __dirname = dirnameOf(__filename);`

for (const { folder, files } of entries) {
  const outdir = join(folder, 'dist')
  await rm(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(files).map(([out, file]) => [out, join(folder, file)])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What the API imports later is a file of its own, read when it is needed.
    splitting: outdir === join(packages, 'api/dist'),
    chunkNames: '[name]-[hash]',
    platform: 'node',
    target: 'node26',
    format: 'esm',
    minify: true,
    banner: { js: banner },
    alias: { redis: redisClient },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    absWorkingDir: join(here, '..'),
  })
  for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
    console.error(`${relative('.', path)} ${(bytes / 1024).toFixed(0)} KiB`)
  }
}

const edge = await bundleForEdge()
await writeFile(join(packages, 'api/dist/edge.mjs'), edge)
console.error(`packages/api/dist/edge.mjs ${(edge.length / 1024).toFixed(0)} KiB`)

const fromSchema = createRequire(join(packages, 'schema/package.json'))
const lua = join(dirname(fromSchema.resolve('bee-queue')), 'lib/lua')
for (const name of ['api', 'worker']) {
  await cp(lua, join(packages, name, 'dist'), {
    recursive: true,
    filter: (path) => path === lua || path.endsWith('.lua'),
  })
}
