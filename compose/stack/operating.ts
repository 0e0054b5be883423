import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Fault } from './faults.ts'
import { ask, order, outcome } from './order.ts'
import type { Stack } from './stack.ts'
import { upgradeCommands } from './upgrade.ts'

export const page = fileURLToPath(new URL('../../docs/operating.md', import.meta.url))
const starter = fileURLToPath(new URL('../../packages/worker/templates/starter', import.meta.url))

type Command = [command: string, says: RegExp]
const psql = 'docker exec assayer-postgres-1 psql -U assayer -c'
/** In the order in which they are run, with what each has to say. */
const looked: Command[] = [
  ['dc up -d --wait', /worker-1\s+Healthy/],
  ['dc ps', /\(healthy\)/],
  ['curl -s http://127.0.0.1:3000/readyz', /"ready"/],
  ['curl -s http://127.0.0.1:3000/v1/system -H "Authorization: Bearer $ASSAYER_KEY"', /"oldestQueuedSeconds"/],
  [`docker stats --no-stream --format 'table {{.Name}}\\t{{.MemUsage}}\\t{{.CPUPerc}}'`, /worker-1 +[\d.]+MiB/],
  [`docker images 'assayer/*'`, /assayer\/worker/],
  ['dc logs --tail 100 api', /"level":30/],
  ['dc restart worker', /worker-1\s+Started/],
  ['dc up -d --scale worker=3', /worker-3\s+Started/],
  [`docker exec assayer-worker-1 /nodejs/bin/node -e "console.log(require('fs').readdirSync('/scan'))"`, /\[[^]*\]/],
  ['dc run --rm templates templates update', /templates updated/],
  ['dc up -d --wait --force-recreate worker', /worker-\d\s+Healthy/],
]
const dumped: Command = [
  'docker exec assayer-postgres-1 pg_dump -U assayer -d assayer --format=custom > assayer.dump',
  /^$/,
]
const restored: Command[] = [
  ['dc stop api worker', /api-1\s+Stopped/],
  [
    'docker exec -i assayer-postgres-1 pg_restore -U assayer -d assayer --clean --if-exists --exit-on-error < assayer.dump',
    /^$/,
  ],
  ['dc up -d --wait', /api-1\s+Healthy/],
]
const cared: Command[] = [
  [`dc logs --since 168h | grep -E '"level":(50|60)'`, /^/],
  [`dc logs postgres | grep 'duration:'`, /^/],
  [
    `${psql} 'select relname, n_live_tup, n_dead_tup, last_autovacuum from pg_stat_user_tables order by n_dead_tup desc limit 10'`,
    /\(10 rows\)/,
  ],
  [`${psql} 'vacuum (analyze) shards'`, /VACUUM/],
  [`${psql} 'reindex index concurrently shards_pkey'`, /REINDEX/],
]
/** What is run in another way, and how. */
const elsewhere: Record<string, string> = {
  'npx -y pnpm@12 images': 'the start of this script, by the same function',
  'npx -y pnpm@12 secrets': 'the start of this script, by the same function',
  'npx -y pnpm@12 stack': 'this script',
  'npx -y pnpm@12 stack --write': 'this script',
  'npx -y pnpm@12 images --no-cache': 'this script with --write, by the same function',
  'npx -y pnpm@12 bench --write': 'a script of its own',
  'dc down': 'the end of this script',
  'dc down --volumes': 'the end of this script',
  'dcp up -d --wait --scale api=2': 'the steps behind the proxy',
}

export const operating: Fault = {
  name: 'the commands of docs/operating.md',
  expected: 'each does what the page says; a scan accepted before a dump is there once it is restored, and completes',
  async run(stack) {
    const env = { TEMPLATES_DIR: '/templates/current', TEMPLATES_SOURCE: starter }
    const run = async (commands: Command[]) => {
      const wrong: string[] = []
      for (const [command, says] of commands) {
        const { code, text } = await stack.shell(command, env)
        // Of a search that finds nothing 1 is the right answer.
        const fine = code === 0 || (code === 1 && command.includes('| grep'))
        if (!fine || !says.test(text)) wrong.push(`${command}: exit ${code}: ${text.slice(-800)}`)
      }
      return wrong
    }
    const wrong = [...forgotten(await readFile(page, 'utf8')), ...(await run(looked))]
    const kept = await order(stack)
    wrong.push(...(await run([dumped])))
    const gone = await order(stack)
    wrong.push(...(await run(restored)))
    const scan = await outcome(stack, kept)
    if (scan.state !== 'completed') wrong.push(`the scan that the dump has ended ${scan.state}`)
    if ((await statusOf(stack, gone)) !== 404) wrong.push('what came after the dump is there')
    return [...wrong, ...(await run(cared))]
  },
}

const statusOf = async (stack: Stack, id: string) => (await ask(stack, `/v1/scans/${id}`)).status

/** Commands of the page that nobody runs, and those that are run and not on it. */
export function forgotten(text: string): string[] {
  const fences = [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, lines = '']) => lines.trim().split('\n'))
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|'))
  const shown = new Set([...fences, ...spans].filter((one) => /^(dcp?|docker|curl|npx) /.test(one)))
  const run = [...looked, dumped, ...restored, ...cared].map(([command]) => command)
  const known = new Set([...run, ...upgradeCommands, ...Object.keys(elsewhere)])
  return [
    ...[...shown.difference(known)].map((one) => `nobody runs: ${one}`),
    ...[...known.difference(shown)].map((one) => `not on the page: ${one}`),
  ]
}
