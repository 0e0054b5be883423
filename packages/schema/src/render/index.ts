export * from './finding.ts'
export * from './scan.ts'
