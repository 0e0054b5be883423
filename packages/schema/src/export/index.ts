export * from './source.ts'
export * from './sarif.ts'
export * from './words.ts'
export * from './visible.ts'
