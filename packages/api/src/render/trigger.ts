import { answerKinds, formatId, TriggerAnswer, TriggerFilters, triggerKinds } from '@assayer/schema'
import { CreatedByShown, idOf, named, openWord, renderCreatedBy, Time, timeOf } from '@assayer/schema/render'
import type { TriggerRow } from '@assayer/schema/store'
import * as v from 'valibot'

const fields = {
  id: idOf('trigger'),
  name: v.string(),
  kind: v.picklist(triggerKinds),
  events: v.array(v.string()),
  filters: TriggerFilters,
  order: v.pipe(v.record(v.string(), v.unknown()), v.description('An `OrderOfTrigger`, with its defaults filled in.')),
  answer: v.pipe(
    v.nullable(named('TriggerAnswer', v.object(TriggerAnswer.entries))),
    v.description('How the forge is told of the scans; its token is not shown.'),
  ),
  answers: v.pipe(
    v.array(
      named(
        'TriggerAnswerState',
        v.object({
          kind: openWord(...answerKinds),
          enabled: v.boolean(),
          disabledReason: v.nullable(openWord('failing')),
          failingSince: v.nullable(Time),
        }),
      ),
    ),
    v.description(
      'What `answer` sends, each. One that failed for five days is sent again once the trigger is changed.',
    ),
  ),
  enabled: v.boolean(),
  previousSecretExpiresAt: v.nullable(Time),
  createdBy: CreatedByShown,
  createdAt: Time,
}

/** A trigger without its secrets. */
export const Trigger = named('Trigger', v.object(fields))
export type Trigger = v.InferOutput<typeof Trigger>

/** A trigger just made. The secret is null in an answer that is given again. */
export const TriggerWithSecret = named('TriggerWithSecret', v.object({ ...fields, secret: v.nullable(v.string()) }))

type Shown = Omit<TriggerRow, 'workspaceId' | 'secretSealed' | 'previousSecretSealed' | 'tokenSealed' | 'version'>

/** A trigger as answers show it. */
export const renderTrigger = (row: Shown): Trigger => ({
  id: formatId('trigger', row.id),
  name: row.name,
  kind: row.kind,
  events: row.events,
  filters: row.filters,
  order: row.order,
  answer: row.answer,
  answers: row.answers.map(({ failingSince, ...one }) => ({
    ...one,
    failingSince: timeOf(failingSince === null ? null : new Date(failingSince)),
  })),
  enabled: row.enabled,
  previousSecretExpiresAt: timeOf(row.previousSecretUntil),
  createdBy: renderCreatedBy(row.createdBy),
  createdAt: timeOf(row.createdAt),
})
