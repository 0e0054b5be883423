/** A mistake a person can mend: its message is all that is shown. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
