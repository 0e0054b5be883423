import { scanStates, shardStates, terminalStates } from '@assayer/schema'
import type { Fleet } from '@assayer/schema/store'
import type { Family, Sample } from './exposition.ts'

const outcomes = ['completed', 'partial', 'failed', 'cancelled', 'released', 'lost']
const open = (states: readonly string[], closed: readonly string[]) => states.filter((state) => !closed.includes(state))
const by = (label: string, values: readonly string[], counts: Record<string, number>): Sample[] =>
  values.map((value) => ({ labels: { [label]: value }, value: counts[value] ?? 0 }))
const gauge = (name: string, help: string, samples: Sample[] | number): Family => ({
  name: `assayer_${name}`,
  type: 'gauge',
  help,
  samples: typeof samples === 'number' ? [{ value: samples }] : samples,
})

/** The whole service as metric families: counts alone, nothing of a target, host or workspace. */
export function fleetFamilies(fleet: Fleet, redisUp: boolean): Family[] {
  const { claimSeconds } = fleet
  const openScans = open(scanStates, terminalStates)
  const openShards = open(shardStates, [...terminalStates, 'dead'])
  return [
    gauge('scans', 'Scans that have not ended, by state.', by('state', openScans, fleet.openScans)),
    gauge('shards', 'Shards of scans that have not ended, by state.', by('state', openShards, fleet.openShards)),
    gauge('oldest_queued_seconds', 'Since when the oldest due shard waits.', fleet.oldestQueuedSeconds),
    gauge(
      'scans_ended_recently',
      'Scans that ended in the last five minutes, by state.',
      by('state', terminalStates, fleet.endedScans),
    ),
    gauge(
      'attempts_ended_recently',
      'Attempts that ended in the last five minutes, by outcome.',
      by('outcome', outcomes, fleet.endedAttempts),
    ),
    // Of a window, so no summary: its sum and count would fall, which those of a summary never do.
    gauge(
      'claim_latency_median_seconds',
      'From due to claimed, median of attempts that ended in the last five minutes.',
      claimSeconds.median,
    ),
    gauge('claim_latency_p99_seconds', 'The same, 99 of a hundred.', claimSeconds.p99),
    gauge('nuclei_peak_bytes', 'Most that a Nuclei used in the last five minutes, resident.', fleet.nucleiPeakBytes),
    gauge('workers_alive', 'Workers heard of in the last 30 seconds.', fleet.workers),
    gauge('slots', 'Slots of those workers.', fleet.slots),
    gauge('slots_running', 'Slots that run a shard.', fleet.slotsRunning),
    gauge('redis_up', 'Whether this process reaches Redis: 1 or 0.', redisUp ? 1 : 0),
    gauge('outbox_pending', 'Events that no delivery was made of yet.', fleet.outboxPending),
    gauge('deliveries_pending', 'Webhook deliveries that wait.', fleet.deliveriesPending),
  ]
}
