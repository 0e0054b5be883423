/**
 * The Redis pub/sub channel that says "something of this scan changed". The message is empty, or `scanEnded` where nothing
 * more is to come: whoever listens reads the rows, so a lost, doubled, late or wrong one does no harm.
 */
export const progressChannel = (scanId: string): string => `assayer:scan:${scanId}`
export const scanEnded = 'ended'
