import { createHash } from 'node:crypto'
import { platform } from './cache.ts'
import { NUCLEI_VERSION } from './nuclei-version.ts'

export type Release = { url: string; sha256: string }
type Fetched =
  | { kind: 'fetched'; zip: Buffer }
  | { kind: 'unreachable'; why: string }
  /** What came is not what was pinned; it was thrown away unopened. */
  | { kind: 'refused'; why: string }
export type FetchOptions = { signal?: AbortSignal | undefined; detail?: (text: string) => void; firstByteMs?: number }

const MAX_BYTES = 100 * 1024 * 1024
const STALL_MS = 30_000

// No signature is published; these digests are those that several independent repositories pin.
const DIGESTS: Readonly<Record<string, { file: string; sha256: string } | undefined>> = {
  'linux-x64': { file: 'linux_amd64', sha256: 'ea63d4ae232808cd7c6bc00d0142428e231fab59dae01042246097d195835ab6' },
  'linux-arm64': { file: 'linux_arm64', sha256: '8044e3d9768ba0a744b2872c1a87e813006f013da97ca9f50f7661a4203bec07' },
  'darwin-x64': { file: 'macOS_amd64', sha256: '75c47ce11e9dbd4288a1c895ed85e3c4df9f4acb8237d6d178da6dccd1628f2a' },
  'darwin-arm64': { file: 'macOS_arm64', sha256: '7d7e291addd1fc29a9bf8d089afe878a9799b20229cbea2fb1693fc40fd4c5f0' },
}

/** The official release for this platform, or null where none is pinned. */
export function nucleiRelease(): Release | null {
  const pinned = DIGESTS[platform]
  if (pinned === undefined) return null
  const name = `nuclei_${NUCLEI_VERSION}_${pinned.file}.zip`
  return {
    url: `https://github.com/projectdiscovery/nuclei/releases/download/v${NUCLEI_VERSION}/${name}`,
    sha256: pinned.sha256,
  }
}

/**
 * Fetches a release, at most 100 MiB, and hands it out only when its SHA-256 is the pinned one. Gives up when the answer
 * does not begin within `firstByteMs` (5 s) or stalls for 30 s. Rejects only when the signal aborts.
 */
export async function fetchRelease({ url, sha256 }: Release, options: FetchOptions = {}): Promise<Fetched> {
  const { signal, detail, firstByteMs = 5000 } = options
  const patience = new AbortController()
  const impatient = () => patience.abort(new Error('no answer in time'))
  let timer = setTimeout(impatient, firstByteMs)
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]),
    })
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      return { kind: 'unreachable', why: `status ${response.status}` }
    }
    for await (const chunk of response.body) {
      clearTimeout(timer)
      timer = setTimeout(impatient, STALL_MS)
      bytes += chunk.length
      if (bytes > MAX_BYTES) return { kind: 'refused', why: 'larger than 100 MiB' }
      chunks.push(chunk)
      detail?.(`${Math.round(bytes / 1024 / 1024)} MiB`)
    }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'unreachable', why: describe(error) }
  } finally {
    clearTimeout(timer)
  }
  const zip = Buffer.concat(chunks)
  const found = createHash('sha256').update(zip).digest('hex')
  return found === sha256 ? { kind: 'fetched', zip } : { kind: 'refused', why: `its SHA-256 is ${found}` }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
