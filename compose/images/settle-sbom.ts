import { readFileSync, writeFileSync } from 'node:fs'

type Sbom = { serialNumber?: string; metadata?: { timestamp?: string }; components?: { 'bom-ref'?: string }[] }

/**
 * Run while the images are built: makes CycloneDX files of the same packages the same, byte by byte. pnpm gives each a number and a time
 * of its own, and lists the packages in whatever order it came to read them.
 */
function settle(file: string): void {
  const sbom = JSON.parse(readFileSync(file, 'utf8')) as Sbom
  delete sbom.serialNumber
  delete sbom.metadata?.timestamp
  sbom.components?.sort((a, b) => ((a['bom-ref'] ?? '') < (b['bom-ref'] ?? '') ? -1 : 1))
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`)
}

for (const file of process.argv.slice(2)) settle(file)
