import { checkHealth } from './check-health.ts'

// Loaded only when it is wanted: the check runs every few seconds beside the worker, within the same memory limit.
const [, , command, more] = process.argv
if (command === 'health') process.exitCode = await checkHealth(process.env)
else if (command === 'templates') await (await import('./run-update.ts')).runUpdate(process.env, more === 'update')
else await (await import('./run-worker.ts')).runWorker(process.env)
