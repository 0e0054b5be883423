import { cp, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRequire } from 'node:module'
import { build } from 'esbuild'
import { bundleForEdge } from './edge-bundle.ts'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const entries = {
  schema: { main: 'main.ts' },
  api: { main: 'main.ts' },
  worker: { main: 'main.ts', warden: 'wall/warden.ts', judge: 'custom/judge-thread.ts' },
} as const

// redis and bee-queue are CommonJS; their requires need a require, and bee-queue reads its Lua files beside the bundle.
const banner = `import { createRequire as makeRequire } from 'node:module'; import { dirname as dirnameOf } from 'node:path'; import { fileURLToPath as pathOf } from 'node:url'; const require = makeRequire(import.meta.url); const __filename = pathOf(import.meta.url); const __dirname = dirnameOf(__filename);`

for (const [name, files] of Object.entries(entries)) {
  const outdir = join(packages, name, 'dist')
  await rm(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: Object.fromEntries(
      Object.entries(files).map(([out, file]) => [out, join(packages, name, 'src', file)]),
    ),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What the API imports later is a file of its own, read when it is needed.
    splitting: name === 'api',
    chunkNames: '[name]-[hash]',
    platform: 'node',
    target: 'node26',
    format: 'esm',
    minify: true,
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  })
  for (const [path, { bytes }] of Object.entries(metafile.outputs))
    console.error(`packages/${name}/dist/${basename(path)} ${(bytes / 1024).toFixed(0)} KiB`)
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
