import { problem } from '@assayer/schema'

/** What a body asks for is another's already; `message` says whose. */
export const nameTaken = (message: string, pointer = '/name') =>
  problem('name-taken', { detail: message, errors: [{ in: 'body', pointer, code: 'taken', message }] })
