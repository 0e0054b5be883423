import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Run while the worker's image is built: adds to a CycloneDX file what `go version -m` says of a binary, the modules that it was linked
 * of and Go's own library. A module that another replaces is named by what is really in the binary. Package URLs are as cyclonedx-gomod
 * writes them.
 */
function add(modules: string, file: string): void {
  const lines = readFileSync(modules, 'utf8').split('\n')
  const go = /: go(\S+)$/.exec(lines[0] ?? '')?.[1]
  const found = lines.flatMap((line) => {
    const [, kind, name, version] = /^\t(mod|dep|=>)\t(\S+)\t(v\S+)/.exec(line) ?? []
    return name === undefined || version === undefined ? [] : [{ kind, name, version }]
  })
  const linked = found.filter((_, at) => found[at + 1]?.kind !== '=>')
  if (go === undefined || linked.length === 0) throw new Error(`${modules} names no modules`)
  const components = [{ name: 'stdlib', version: go }, ...linked].map(({ name, version }) => {
    const purl = `pkg:golang/${name}@${encodeURIComponent(version)}`
    return { type: 'library', 'bom-ref': purl, name, version, purl }
  })
  const sbom = JSON.parse(readFileSync(file, 'utf8')) as { components?: unknown[] }
  const whole = { ...sbom, components: [...(sbom.components ?? []), ...components] }
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`)
}

const [, , modules = '', file = ''] = process.argv
add(modules, file)
