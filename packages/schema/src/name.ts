import * as v from 'valibot'

const control = String.raw`\u0000-\u001f\u007f-\u009f`

/** A name that people give to a thing: 1 to 100 printable characters, not all of them blank. */
export const Name = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(new RegExp(`^[^${control}]*[^\\s${control}][^${control}]*$`), 'must be printable and not blank'),
)
