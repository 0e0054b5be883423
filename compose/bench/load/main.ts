import * as v from 'valibot'
import { generate } from './generate.ts'

const Given = v.object({
  port: v.number(),
  method: v.string(),
  path: v.string(),
  headers: v.record(v.string(), v.string()),
  body: v.nullable(v.string()),
  connections: v.number(),
  seconds: v.number(),
  rate: v.nullable(v.number()),
})

console.log(JSON.stringify(await generate(v.parse(Given, JSON.parse(process.argv[2] ?? '{}')))))
