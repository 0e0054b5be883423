/** Something only the user can mend: the message is one sentence that says what to do, and scripts print it without a stack. */
export class LocalError extends Error {
  override name = 'LocalError'
}
