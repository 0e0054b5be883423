export * from './bell.ts'
export * from './listen.ts'
