/** What the report compares with what was measured; the times are a tally's. */
export type Aim = { what: string; times: string; median?: number; p99?: number }

const taken = 'SIGKILL to the next attempt claimed'

/** Milliseconds. */
export const aims: Aim[] = [
  {
    what: 'SIGKILL to the next attempt claimed, an idle worker, by the session key',
    times: `${taken} (session-gone)`,
    p99: 8000,
  },
  { what: 'SIGKILL to the next attempt claimed, by the lease alone', times: `${taken} (lease-expired)`, p99: 45_000 },
  {
    what: 'the same after a second loss, which waits 10 s on purpose',
    times: `${taken} (session-gone, not its first loss)`,
  },
  {
    what: 'the same while all slots were taken, by the session key',
    times: `${taken} while all slots were taken (session-gone)`,
  },
  {
    what: 'the same where each worker is killed after seconds, so that none is old enough to take back',
    times: `${taken} where no worker lives for long (session-gone)`,
  },
  { what: 'SIGKILL of a worker to its scanner gone', times: 'SIGKILL to its scanner gone' },
  { what: 'SIGSTOP of a worker to its shard taken back', times: 'SIGSTOP to taken back' },
  { what: 'commit to claim, idle slot, by Redis', times: 'commit to claim by Redis', median: 5, p99: 30 },
  { what: 'commit to claim, idle slot, by NOTIFY', times: 'commit to claim by NOTIFY', median: 5, p99: 30 },
  { what: 'commit to claim, idle slot, by neither', times: 'commit to claim by the poll', p99: 1500 },
  {
    what: 'commit to claim beside a transaction that stands idle, first half',
    times: 'commit to claim beside an idle transaction, first half',
  },
  {
    what: 'the same, second half',
    times: 'commit to claim beside an idle transaction, second half',
  },
  { what: 'commit to claim at 80% load', times: 'commit to claim at 80% load', p99: 150 },
  { what: 'commit to claim, the API killed before it rang', times: 'commit to claim, never rung', p99: 2000 },
  { what: 'cancel to the scanner gone', times: 'cancel to the scanner gone', p99: 2000 },
  { what: 'cancel to Nuclei itself gone', times: 'cancel to the scanner gone (Nuclei)', p99: 2000 },
  {
    what: 'cancel to the scanner gone that ignores SIGINT',
    times: 'cancel to the scanner gone that ignores SIGINT',
    p99: 6000,
  },
  { what: 'SIGTERM to exit', times: 'SIGTERM to exit', p99: 8000 },
  { what: 'PostgreSQL accepts connections to serving', times: 'PostgreSQL accepts connections to serving', p99: 5000 },
  {
    what: 'Redis back to bells that work (two seconds of it are the probe)',
    times: 'Redis back to bells that work',
    p99: 7000,
  },
]

/** What a run has to have done at least, by the tally's word. */
export const numbers: Record<string, number> = {
  'worker SIGKILLs': 1000,
  'API SIGKILLs': 200,
  'redis losses': 100,
  'PostgreSQL restarts': 100,
  'backends killed': 1000,
  'senders killed between POST and mark': 200,
}
