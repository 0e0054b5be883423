import * as v from 'valibot'
import { LimitsInput } from './limits.ts'
import { Name } from './name.ts'
import { Severity } from './severity.ts'

/** Template ids, tags and protocols reach Nuclei's command line: nothing but this. */
export const Word = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
    'must be letters, digits, "_", "." or "-", and start with one of the first two',
  ),
)
const CustomTemplateId = v.pipe(
  v.string(),
  v.regex(/^tpl_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'must be the id of a custom template'),
)
const words = (most: number) => v.pipe(v.array(Word), v.maxLength(most))

/** The protocols of templates that Assayer runs. */
export const templateProtocols = ['http', 'ssl', 'dns', 'tcp', 'javascript'] as const
/** The protocols of the default profile. */
export const defaultProtocols = ['http', 'ssl', 'dns', 'tcp'] as const
/** Tags that the default profile leaves out. */
export const defaultExcludeTags = ['dos', 'fuzz', 'bruteforce', 'intrusive', 'local'] as const

const lists = {
  ids: words(1000),
  tags: words(200),
  severities: v.pipe(v.array(Severity), v.maxLength(6)),
  protocols: v.pipe(v.array(v.picklist(templateProtocols)), v.maxLength(5)),
  excludeIds: words(1000),
  excludeTags: words(200),
  custom: v.pipe(v.array(CustomTemplateId), v.maxLength(100)),
}

export const TemplateSelection = v.pipe(
  v.strictObject({
    ids: v.optional(lists.ids, []),
    tags: v.optional(lists.tags, []),
    severities: v.optional(lists.severities, []),
    protocols: v.optional(lists.protocols, []),
    excludeIds: v.optional(lists.excludeIds, []),
    excludeTags: v.optional(lists.excludeTags, []),
    custom: v.optional(lists.custom),
  }),
  v.title('TemplateSelectionInput'),
)
export type TemplateSelection = v.InferOutput<typeof TemplateSelection>

/** A change of a selection: list by list, null makes one empty. */
export const TemplateSelectionPatch = v.pipe(
  v.partial(
    v.strictObject({
      ids: v.nullable(lists.ids),
      tags: v.nullable(lists.tags),
      severities: v.nullable(lists.severities),
      protocols: v.nullable(lists.protocols),
      excludeIds: v.nullable(lists.excludeIds),
      excludeTags: v.nullable(lists.excludeTags),
      custom: v.nullable(lists.custom),
    }),
  ),
  v.title('TemplateSelectionPatch'),
)
export type TemplateSelectionPatch = v.InferOutput<typeof TemplateSelectionPatch>

/** What is selected where neither an order nor its profile says what. */
export const builtInSelection: TemplateSelection = {
  ids: [],
  tags: [],
  severities: [],
  protocols: [...defaultProtocols],
  excludeIds: [],
  excludeTags: [...defaultExcludeTags],
}

/** The profile that every workspace has. */
export const defaultProfile = 'default'

const LabelKey = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_.-]{0,62}$/, 'must match ^[a-z][a-z0-9_.-]{0,62}$'))
// oxlint-disable-next-line no-control-regex -- the database refuses NUL, and labels are shown on terminals
const printable = /^[^\u0000-\u001f\u007f-\u009f]*$/
const LabelValue = v.pipe(v.string(), v.maxLength(100), v.regex(printable, 'must be printable'))
export const Labels = v.pipe(v.record(LabelKey, LabelValue), v.maxEntries(20, 'at most 20 labels'))

/** Targets of one order, after `targetLabels` was resolved and those that are the same were counted once. */
export const mostTargets = 10_000

/** The body of `POST /v1/scans`; only `targets` is needed. */
export const ScanOrder = v.pipe(
  v.strictObject({
    targets: v.pipe(v.array(v.string()), v.maxLength(mostTargets, 'at most 10,000 targets')),
    targetLabels: v.optional(Labels, {}),
    templates: v.optional(TemplateSelection),
    profile: v.optional(Name, defaultProfile),
    limits: v.optional(LimitsInput, {}),
    evidence: v.optional(v.picklist(['none', 'redacted', 'full']), 'redacted'),
    priority: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)), 5),
    shardSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)), 25),
    labels: v.optional(Labels, {}),
  }),
  v.title('ScanOrder'),
)
export type ScanOrder = v.InferOutput<typeof ScanOrder>

/** Who ordered: a key, a trigger or a schedule. */
export type CreatedBy = { kind: 'key' | 'trigger' | 'schedule'; id: string }
