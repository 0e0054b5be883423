import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '[{"b":{"x":[],"y":{},"x":0}}]',
  '{"a":{"a":1},"b":[],"a":[]}',
  '{"":1,"":2}',
  '{"a\\"b":1,"a\\"b":2}',
  '{"__proto__":1,"__proto__":2}',
])('a key twice in one object is refused: %s', (text) => {
  expect(parseJson(text)).toMatchObject({ ok: false, message: 'An object has the same key twice' })
})

test.each([
  '{"a":{"a":{"a":1}},"b":["a","a",{"a":"a"}]}',
  '{"a":"a\\\\","b":"{\\"a\\":1,\\"a\\":2}"}',
  '["{","[","}",",",":","\\"",{"a":","}]',
  ' \n\t{ "a" : [ 1 , true , null ] , "b" : { } }',
  '"text"',
  '-1.5e3',
  '{}',
])('other JSON is what JSON.parse says: %s', (text) => {
  expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
})

test('64 levels are read, 65 are not', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  expect(parseJson(nested(64)).ok).toBe(true)
  expect(parseJson(nested(65)).ok).toBe(false)
  expect(parseJson('{"a":'.repeat(65) + '1' + '}'.repeat(65)).ok).toBe(false)
})

/** Values with many texts that look like structure, from numbers that repeat for a seed. */
function valueFrom(next: () => number, depth = 0): unknown {
  const texts = ['', 'a', '"', '\\', '{"a":1,"a":1}', ',', ':', '\u2028', '😀', '__proto__ ']
  const text = () => texts[next() % texts.length] ?? ''
  switch (depth > 4 ? next() % 3 : next() % 5) {
    case 0:
      return text()
    case 1:
      return (next() % 1000) / 10
    case 2:
      return [true, false, null][next() % 3]
    case 3:
      return Array.from({ length: next() % 4 }, () => valueFrom(next, depth + 1))
    default:
      return Object.fromEntries(Array.from({ length: next() % 5 }, () => [text(), valueFrom(next, depth + 1)]))
  }
}

test('whatever JSON.stringify writes is read back, and with any of its objects written twice over it is refused', () => {
  let seed = 7
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed >>> 8
  }
  for (let n = 0; n < 3000; n++) {
    const value = valueFrom(next)
    for (const indent of [0, 2]) {
      const text = JSON.stringify(value, null, indent)
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
    }
    const doubled = JSON.stringify({ outer: [value, { k: value }] }).replace(/\{"k":(.*)\}\]\}$/s, '{"k":$1,"k":$1}]}')
    expect(parseJson(doubled).ok).toBe(false)
  }
})
