import type { components } from './openapi.d.ts'

export type Scan = components['schemas']['Scan']
export type Finding = components['schemas']['Finding']
