import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../local/cache.ts'
import { findExecutable, isExecutable } from '../local/find-executable.ts'
import { fromDebian } from '../local/from-debian.ts'
import type { DebianProgram } from '../local/from-debian.ts'
import { LocalError } from '../local/local-error.ts'
import { withLock } from '../local/lock.ts'
import { pickEnv } from '../local/pick-env.ts'
import { runCommand } from '../local/run-command.ts'
import type { Say } from '../local/say.ts'

type Options = { say: Say; signal?: AbortSignal; env: NodeJS.ProcessEnv }
type Python = { file: string; libraries: string; version: string }

/** Programs of PyPI that share a virtual environment, pinned in a file of requirements. */
type ToolSet = { requirements: string; title: string }

const contractTools: ToolSet = {
  requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
  title: 'schemathesis, openapi-python-client, standardwebhooks and hadolint',
}
const debianPython: DebianProgram = {
  name: 'python',
  title: 'Python',
  packages: ['python3', 'python3-venv'],
  file: 'usr/bin/python3',
  args: ['--version'],
}
const debianPip: DebianProgram = {
  name: 'pip',
  title: 'pip',
  packages: ['python3-pip-whl'],
  file: 'usr/share/python-wheels',
  args: null,
}

/**
 * The programs of a set (requirements.txt) in a virtual environment of our own in the cache, made on the first run: by the Python
 * 3.10 or later on PATH, else by Debian's. Answers how to run one of them. Throws LocalError where there is no Python to be had.
 */
export async function pythonTools(
  options: Options,
  { requirements, title }: ToolSet = contractTools,
): Promise<(name: string) => { file: string; env: NodeJS.ProcessEnv }> {
  const python = (await pythonOnPath(options.env)) ?? (await pythonOfDebian(options))
  if (python === null) {
    throw new LocalError(`${title} need Python 3.10 or later: install it (apt-get install python3 python3-venv).`)
  }
  const pins = await readFile(requirements, 'utf8')
  const key = createHash('sha256').update(`${python.file} ${python.version}\n${pins}`).digest('hex').slice(0, 16)
  const home = join(cacheFolder(options.env), 'python-tools', key)
  const env = { ...pickEnv(options.env, /^(HOME|TMPDIR|LANG|SSL_CERT_FILE|PIP_.*)$/), ...libraries(python) }
  const bin = join(home, 'bin')
  const path = `${bin}:${options.env['PATH'] ?? ''}`
  const wait = {
    onWait: () => options.say.line('waiting for another run that fetches the same'),
    signal: options.signal,
  }
  await withLock(`${home}.lock`, wait, async () => {
    if (await isExecutable(join(home, 'whole'))) return
    await options.say.during(`fetching ${title} from PyPI`, () =>
      install({ home, requirements, title }, python, { ...env, PATH: path }, options),
    )
    await writeFile(join(home, 'whole'), '', { mode: 0o755 })
  })
  return (name) => ({ file: join(bin, name), env: { ...env, PATH: path } })
}

async function install(
  { home, requirements, title }: ToolSet & { home: string },
  python: Python,
  env: NodeJS.ProcessEnv,
  options: Options,
): Promise<void> {
  await rm(home, { recursive: true, force: true })
  await mkdir(dirname(home), { recursive: true })
  const run = async (args: string[], file = join(home, 'bin/python')) => {
    const { signal } = options
    const done = await runCommand({
      name: 'python',
      file,
      args,
      env,
      timeoutMs: 300_000,
      ...(signal ? { signal } : {}),
    })
    return done.code === 0 ? null : done.log
  }
  const must = (log: string | null) => {
    if (log !== null) throw new LocalError(`Python could not install ${title}.\n${log.slice(-2000)}`)
  }
  must(await run(['-m', 'venv', '--without-pip', home], python.file))
  // Debian's Python comes without ensurepip until python3-venv is installed; its wheel of pip runs as it is.
  const pip = (await run(['-m', 'ensurepip'])) === null ? ['-m', 'pip'] : [await wheelOfPip(options)]
  must(await run([...pip, 'install', '-q', '--no-deps', '--only-binary', ':all:', '-r', requirements]))
}

async function wheelOfPip(options: Options): Promise<string> {
  const unpacked = await fromDebian(debianPip, options)
  const wheels = unpacked === null ? [] : await readdir(unpacked.file)
  const wheel = wheels.find((name) => name.startsWith('pip-'))
  if (unpacked === null || wheel === undefined) {
    throw new LocalError('This Python has no pip: install it (apt-get install python3-venv).')
  }
  return join(unpacked.file, wheel, 'pip')
}

async function pythonOnPath(env: NodeJS.ProcessEnv): Promise<Python | null> {
  const file = await findExecutable('python3', env)
  const version = file === null ? null : await versionOf(file, env)
  return file === null || version === null ? null : { file, libraries: '', version }
}

async function pythonOfDebian(options: Options): Promise<Python | null> {
  const unpacked = await fromDebian(debianPython, options)
  if (unpacked === null) return null
  const version = await versionOf(unpacked.file, libraries(unpacked))
  return version === null ? null : { ...unpacked, version }
}

/** What it says of itself; null when it is older than 3.10. */
async function versionOf(file: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const ask = 'import sys; print(sys.version.split()[0]) if sys.version_info >= (3, 10) else sys.exit(1)'
  const done = await runCommand({
    name: 'python3',
    file,
    args: ['-c', ask],
    env: pickEnv(env, /^(PATH|HOME|LD_LIBRARY_PATH)$/),
    timeoutMs: 10_000,
  })
  return done.code === 0 ? done.log.trim() : null
}

const libraries = ({ libraries }: { libraries: string }): NodeJS.ProcessEnv =>
  libraries === '' ? {} : { LD_LIBRARY_PATH: libraries }
