import { parentPort, workerData } from 'node:worker_threads'
import { judgeTemplate } from './judge.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has none
parentPort?.postMessage((workerData as string[]).map(judgeTemplate))
