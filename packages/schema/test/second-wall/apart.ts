import type * as store from '../../src/store/index.ts'

/** Functions of the store; its types are not among them. */
export type StoreFunction = keyof typeof store

type Why = {
  /** Why it takes no workspace. */
  reason: string
  /** A request may reach it all the same. */
  requestsToo: boolean
}
const why = (reason: string, requestsToo = false): Why => ({ reason, requestsToo })

const noStatement = why('sends no statement of its own', true)
const bundle = why('the installed bundle is the same for every workspace', true)
const worker = why('workers serve every workspace and are rows of the service itself')
const attempt = why('only the worker that claimed the attempt sends it; its key begins with the workspace')
const validation = why('only the worker that claimed the validation sends it; its key begins with the workspace')
const delivery = why('only the sender that claimed the delivery sends it; its key begins with the workspace')
const duty = why('a duty of the workers looks over all workspaces; each row it finds names its own')

/** Store functions that do not take `sql`, then the workspace, each with its reason. */
export const apart = {
  connect: noStatement,
  isDatabaseAway: noStatement,
  isDatabaseBusy: noStatement,
  ranTooLong: noStatement,
  twice: noStatement,
  keepAct: why("a part of others' statements"),
  keepAnswer: why("a part of others' statements"),
  keepAnswers: why("a part of others' statements"),
  mayAct: why("a part of others' statements"),
  lowestVersion: why('asks what the migrations need of every process', true),
  missingTimeouts: why('asks what the server is set to'),
  findKey: why('looks up the key that says which workspace it is', true),
  keepDeliveries: why("a part of others' statements"),
  findTrigger: why('looks up the trigger that says which workspace it is', true),
  ensureWorkspace: why('makes the workspace, by its name, when the service starts'),
  installBundle: bundle,
  currentBundle: bundle,
  bundleInUse: bundle,
  readFleet: why('counts the whole service, for who may see the system', true),
  listWorkers: why('workers serve every workspace', true),
  selectTemplates: bundle,
  searchTemplates: bundle,
  getTemplate: bundle,
  registerWorker: worker,
  beat: worker,
  unregisterWorker: worker,
  claimShard: why('a free worker takes the next shard of whatever workspace is due'),
  shardTargets: attempt,
  mustYield: attempt,
  renewLeases: attempt,
  readControl: attempt,
  writeProgress: attempt,
  recordFindings: attempt,
  finishShard: attempt,
  releaseShard: attempt,
  unheardClaims: attempt,
  sessionAge: why('asks for the age of its own connection'),
  findSuspects: duty,
  reapShards: duty,
  findUnsettled: duty,
  endLateShards: duty,
  removeDeleted: duty,
  removeAged: duty,
  tellEvents: duty,
  tellFindings: duty,
  claimDeliveries: why('a sender takes what is due of whatever workspace'),
  reapDeliveries: duty,
  keepBodies: delivery,
  markDelivered: delivery,
  markFailed: delivery,
  releaseDelivery: delivery,
  expireScans: duty,
  removeUnused: duty,
  removeReplaced: duty,
  claimValidation: why('a free worker takes the next validation of whatever workspace waits'),
  renewValidation: validation,
  endValidation: validation,
  releaseValidation: validation,
} as const satisfies Partial<Record<StoreFunction, Why>>
