import * as v from 'valibot'

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

const fields = {
  requestsPerSecond: whole(1, 1000),
  concurrency: whole(1, 100),
  timeoutSeconds: whole(1, 60),
  retries: whole(0, 10),
  maxHostErrors: whole(1, 1000),
  followRedirects: v.boolean(),
  parallelShards: v.nullable(whole(1, 100)),
  softLimitSeconds: whole(30, 82_800),
  hardLimitSeconds: whole(40, 86_400),
  deadlineSeconds: v.nullable(whole(60, 604_800)),
}

/** What an order may set; what it leaves out comes from the profile. */
export const LimitsInput = v.pipe(v.partial(v.strictObject(fields)), v.title('LimitsInput'))
export type LimitsInput = v.InferOutput<typeof LimitsInput>

/** A change of limits: one by one, null takes back what was set. */
export const LimitsPatch = v.pipe(
  v.partial(
    v.strictObject({
      requestsPerSecond: v.nullable(fields.requestsPerSecond),
      concurrency: v.nullable(fields.concurrency),
      timeoutSeconds: v.nullable(fields.timeoutSeconds),
      retries: v.nullable(fields.retries),
      maxHostErrors: v.nullable(fields.maxHostErrors),
      followRedirects: v.nullable(fields.followRedirects),
      parallelShards: fields.parallelShards,
      softLimitSeconds: v.nullable(fields.softLimitSeconds),
      hardLimitSeconds: v.nullable(fields.hardLimitSeconds),
      deadlineSeconds: fields.deadlineSeconds,
    }),
  ),
  v.title('LimitsPatch'),
)
export type LimitsPatch = v.InferOutput<typeof LimitsPatch>

export const Limits = v.object(fields)
export type Limits = v.InferOutput<typeof Limits>

/** The limits of an order that names none. */
export const defaultLimits: Limits = {
  requestsPerSecond: 50,
  concurrency: 10,
  timeoutSeconds: 10,
  retries: 1,
  maxHostErrors: 30,
  followRedirects: false,
  parallelShards: null,
  softLimitSeconds: 3300,
  hardLimitSeconds: 3600,
  deadlineSeconds: null,
}

/** The order's limits over the profile's, one by one. A hard limit that leaves no ten seconds is an error. */
export function resolveLimits(
  order: LimitsInput,
  profile: LimitsInput = {},
): { ok: true; limits: Limits } | { ok: false; message: string } {
  const limits: Limits = { ...defaultLimits, ...given(profile), ...given(order) }
  if (limits.hardLimitSeconds < limits.softLimitSeconds + 10) {
    return { ok: false, message: 'hardLimitSeconds must be at least softLimitSeconds + 10' }
  }
  return { ok: true, limits }
}

const given = (input: LimitsInput) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
