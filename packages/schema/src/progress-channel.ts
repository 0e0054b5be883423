/**
 * The Redis pub/sub channel that says "something of this scan changed". The message is empty: whoever listens reads the
 * rows, so a lost, doubled or late one does no harm.
 */
export const progressChannel = (scanId: string): string => `assayer:scan:${scanId}`
