export * from './fields.ts'
export * from './finding.ts'
export * from './scan.ts'
export * from './outbound-event.ts'
