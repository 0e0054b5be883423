import * as v from 'valibot'

/** What an outbound event can be. */
export const eventTypes = [
  'scan.started',
  'scan.completed',
  'scan.partial',
  'scan.failed',
  'scan.cancelled',
  'finding.created',
  'endpoint.disabled',
  'endpoint.test',
] as const
export const EventType = v.picklist(eventTypes)
export type EventType = v.InferOutput<typeof EventType>

/** How far the delivery of an event has come; `dead`: it failed for good, and can be sent again by hand. */
export const deliveryStates = ['pending', 'sending', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** `finding.created` events of one scan for one endpoint; the terminal event says when there were more. */
export const mostFindingEvents = 1000

/** What an endpoint can ask for: `scan.*` is every scan event, `scan.finished` every terminal one. `endpoint.test` comes unasked. */
export const subscriptions = [
  'scan.started',
  'scan.completed',
  'scan.partial',
  'scan.failed',
  'scan.cancelled',
  'scan.finished',
  'scan.*',
  'finding.created',
  'endpoint.disabled',
] as const
export type Subscription = (typeof subscriptions)[number]

const finished: readonly EventType[] = ['scan.completed', 'scan.partial', 'scan.failed', 'scan.cancelled']
const scanEvents: readonly EventType[] = ['scan.started', ...finished]

/** The event types that subscriptions ask for, each once. */
export function typesOf(asked: readonly Subscription[]): EventType[] {
  const types = asked.flatMap((one): readonly EventType[] => {
    if (one === 'scan.finished') return finished
    return one === 'scan.*' ? scanEvents : [one]
  })
  return [...new Set(types)]
}
