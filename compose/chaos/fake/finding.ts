import type { Target } from './stray.ts'

/** A finding as Nuclei prints it; `seen` tells findings apart: a number that each run repeats, or the run's own name. */
export function finding({ host, port }: Target, seen: string): string {
  const event = {
    'template-id': 'fake-finding',
    info: { name: 'Fake', severity: 'low', tags: ['fake'] },
    type: 'http',
    host,
    port: String(port),
    'matched-at': `http://${host}:${port}/`,
    'extracted-results': [seen],
    timestamp: new Date().toISOString(),
  }
  return `${JSON.stringify(event)}\n`
}
