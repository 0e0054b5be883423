import type { Evidence } from './warden-messages.ts'

type Counted = Evidence['targets'][number]

/** The rows without what is nothing: of ten thousand of them most counts are. */
export const withoutNothing = ({ targets }: Evidence): (Pick<Counted, 'host' | 'port'> & Partial<Counted>)[] =>
  targets.map(({ host, port, ...counts }) => ({
    host,
    port,
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0 && value !== null)),
  }))
