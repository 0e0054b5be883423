/** The warden did not do what it was asked. This machine is at fault then, never what was to run behind its wall. */
export class WardenError extends Error {
  override readonly name = 'WardenError'
}
