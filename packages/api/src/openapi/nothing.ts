import * as v from 'valibot'

/** The body of an act that has nothing to say. */
export const Nothing = v.pipe(v.strictObject({}), v.title('Nothing'))
