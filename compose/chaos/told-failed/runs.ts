import type * as store from '@assayer/schema/store'
import type { Run } from './fixture.ts'
import { runsOfCustom } from './runs-of-custom.ts'
import { runsOfResources } from './runs-of-resources.ts'
import { runsOfRest } from './runs-of-rest.ts'
import { runsOfScans } from './runs-of-scans.ts'
import { runsOfShards } from './runs-of-shards.ts'
import { runsOfTriggers } from './runs-of-triggers.ts'
import { runsOfWebhooks } from './runs-of-webhooks.ts'

type Name = keyof typeof store

/** A run for each store function that changes rows. */
export const runs: Partial<Record<Name, Run>> = {
  ...runsOfScans,
  ...runsOfShards,
  ...runsOfResources,
  ...runsOfRest,
  ...runsOfCustom,
  ...runsOfWebhooks,
  ...runsOfTriggers,
}

/** Store functions that only read, or are no statement. */
export const readers: readonly Name[] = [
  ...(['connect', 'isDatabaseAway', 'isDatabaseBusy', 'ranTooLong', 'twice'] as const),
  ...(['customSources', 'getCustomTemplate', 'listCustomTemplates', 'selectCustomTemplates'] as const),
  ...(['validationOutcome'] as const),
  ...([
    'currentBundle',
    'getTemplate',
    'searchTemplates',
    'findKey',
    'findSuspects',
    'findUnsettled',
    'unheardClaims',
    'lookAtEvidence',
    'findingsAfter',
    'getFinding',
    'getKey',
  ] as const),
  ...(['countByTemplate', 'exportFindings', 'listCoverage'] as const),
  ...([
    'getScan',
    'getScans',
    'getScopeRule',
    'getAuditEvent',
    'getProfile',
    'listAuditEvents',
    'getTarget',
    'listProfiles',
    'orderBasis',
    'labelledAddresses',
    'hasNumberedFinding',
    'keptAnswer',
    'lastSequence',
    'listFindings',
    'listKeys',
  ] as const),
  ...([
    'listScanFindings',
    'listScanShards',
    'listScanTargets',
    'listScans',
    'listScopeRules',
    'listTargets',
    'liveScopeRules',
  ] as const),
  ...([
    'lowestVersion',
    'missingTimeouts',
    'mustYield',
    'orderedTargets',
    'readControl',
    'scanHead',
    'scanState',
    'selectTemplates',
    'sessionAge',
    'shardTargets',
    'targetAddresses',
  ] as const),
  ...(['findDelivery', 'findTrigger', 'getTrigger', 'listTriggers'] as const),
  ...(['getWebhookDelivery', 'getWebhookEndpoint', 'listWebhookDeliveries', 'listWebhookEndpoints'] as const),
  ...(['bundleInUse', 'listWorkers', 'readFleet'] as const),
]
/** A part of others' statements. */
export const fragments: readonly Name[] = ['keepAct', 'keepAnswer', 'keepAnswers', 'keepDeliveries', 'mayAct']
