import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findExecutable } from '../local/find-executable.ts'
import { makeSay } from '../local/say.ts'
import { pythonTools } from './python.ts'

const page = await readFile(fileURLToPath(new URL('../../docs/webhooks.md', import.meta.url)), 'utf8')
const block = (kind: string) => new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? ''

type Case = { name: string; accepted: boolean; headers: Record<string, string>; body: string }
const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`
const other = `whsec_${Buffer.alloc(32, 6).toString('base64')}`

/** What a receiver may be sent, signed by the library of Standard Webhooks, and whether it has to take it. */
function makeCases(): Case[] {
  const now = Date.now()
  const signed = (by: string, body: string, ago = 0) => {
    const at = new Date(now - ago * 1000)
    return {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign('evt_1', at, body),
    }
  }
  const body = '{"type":"scan.completed","name":"ü"}'
  const good = signed(secret, body)
  const both = `${signed(other, body)['webhook-signature']} ${good['webhook-signature']}`
  const make = (name: string, accepted: boolean, headers: Record<string, string>, text = body) => ({
    ...{ name, accepted, headers, body: text },
  })
  return [
    make('as it was sent', true, good),
    make('during a rotation', true, { ...good, 'webhook-signature': both }),
    make('by another secret', false, signed(other, body)),
    make('another body', false, good, `${body} `),
    make('another id', false, { ...good, 'webhook-id': 'evt_2' }),
    make('too old', false, signed(secret, body, 600)),
    make('from the future', false, signed(secret, body, -600)),
    make('no number', false, { ...good, 'webhook-timestamp': 'now' }),
    make('no signature', false, { ...good, 'webhook-signature': '' }),
  ]
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-receivers-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The names of what a program accepted: it reads the cases, one JSON text, and prints one name a line. */
async function acceptedBy(file: string, args: string[], env: NodeJS.ProcessEnv, cases: Case[]): Promise<string[]> {
  const child = spawn(file, args, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'], timeout: 170_000 })
  let [said, wrong] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (wrong += text))
  child.stdin.end(JSON.stringify({ secret, cases }))
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code, wrong).toBe(0)
  return said.split('\n').filter(Boolean)
}

const expected = (cases: Case[]) => cases.filter(({ accepted }) => accepted).map(({ name }) => name)

test('the TypeScript of docs/webhooks.md takes what was signed and nothing else', async () => {
  const file = join(folder, 'verify.ts')
  await writeFile(file, block('ts'))
  type Verify = (secret: string, headers: Headers, body: Uint8Array) => Promise<boolean>
  const { verify } = (await import(pathToFileURL(file).href)) as { verify: Verify }
  const cases = makeCases()
  const accepted: string[] = []
  for (const { name, headers, body } of cases)
    if (await verify(secret, new Headers(headers), new TextEncoder().encode(body))) accepted.push(name)
  expect(accepted).toEqual(expected(cases))
})

test('the Python of docs/webhooks.md takes what was signed and nothing else', async () => {
  const { file, env } = (await pythonTools({ say: makeSay(process.stdout), env: process.env }))('python')
  const rest = `
import json, sys
given = json.load(sys.stdin)
for one in given["cases"]:
    if verify(given["secret"], one["headers"], one["body"].encode()):
        print(one["name"])
`
  const cases = makeCases()
  expect(await acceptedBy(file, ['-c', block('python') + rest], env, cases)).toEqual(expected(cases))
})

const go = await findExecutable('go', process.env)

test.skipIf(go === null)(
  `the Go of docs/webhooks.md takes what was signed and nothing else${go === null ? ' (left out: there is no go on PATH)' : ''}`,
  async () => {
    const main = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	var given struct {
		Secret string
		Cases  []struct {
			Name, Body string
			Headers    map[string]string
		}
	}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	for _, one := range given.Cases {
		headers := http.Header{}
		for name, value := range one.Headers {
			headers.Set(name, value)
		}
		if Verify(given.Secret, headers, []byte(one.Body), time.Now()) {
			fmt.Println(one.Name)
		}
	}
}
`
    await writeFile(join(folder, 'verify.go'), block('go').replace('package receiver', 'package main'))
    await writeFile(join(folder, 'main.go'), main)
    const cases = makeCases()
    const env = { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'off', GOTOOLCHAIN: 'local' }
    const accepted = await acceptedBy(go ?? '', ['run', 'main.go', 'verify.go'], env, cases)
    expect(accepted).toEqual(expected(cases))
  },
)
