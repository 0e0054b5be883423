import { fileURLToPath } from 'node:url'
import { runCommand } from '../../local/run-command.ts'
import type { Load, Order } from './generate.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

/** Loads a route from a process of its own, which shares the machine's cores with what it measures; rejects when the signal aborts. */
export async function load(
  order: Omit<Order, 'headers' | 'body' | 'rate'> & Partial<Order>,
  signal?: AbortSignal,
): Promise<Load> {
  const whole: Order = { headers: {}, body: null, rate: null, ...order }
  const { code, log } = await runCommand({
    name: 'the load generator',
    file: process.execPath,
    args: [main, JSON.stringify(whole)],
    env: { PATH: process.env['PATH'] },
    timeoutMs: order.seconds * 1000 + 30_000,
    ...(signal && { signal }),
  })
  if (code !== 0) throw new Error(`the load generator failed: ${log}`)
  return JSON.parse(log) as Load
}

/** Requests a second that were answered 2xx. */
export const perSecond = ({ ok, seconds }: Load): number => ok / seconds
