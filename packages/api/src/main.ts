import { checkHealth } from './node/check-health.ts'

// Loaded only when it is wanted: the check runs every few seconds beside the API, within the same memory limit.
if (process.argv[2] === 'health') process.exitCode = await checkHealth(process.env)
else await (await import('./node/run-api.ts')).runApi(process.env)
