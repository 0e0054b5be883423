import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The API as one module for workerd, as docs/edge.md tells how to run it. */
export async function bundleForEdge(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../packages/api/src/edge/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    conditions: ['workerd', 'worker'],
    target: 'es2024',
    format: 'esm',
    minify: true,
    external: ['cloudflare:sockets', 'node:buffer', 'node:events', 'node:stream'],
    legalComments: 'none',
    logLevel: 'warning',
  })
  return outputFiles[0]?.text ?? ''
}
