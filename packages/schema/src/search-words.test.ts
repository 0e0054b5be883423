import { expect, test } from 'vitest'
import { searchWords } from './search-words.ts'

test('words are letters and digits in lower case, each once', () => {
  expect(searchWords('Apache Log4j2 RCE', 'CVE-2021-44228, rce')).toEqual([
    'apache',
    'log4j2',
    'rce',
    'cve',
    '2021',
    '44228',
  ])
  expect(searchWords('Übergröße größe')).toEqual(['übergröße', 'größe'])
  expect(searchWords("a:*&!|<->'b\\")).toEqual(['a', 'b'])
  expect(searchWords(' -- ')).toEqual([])
})

test('neither many words nor a long one are too much', () => {
  expect(searchWords(Array.from({ length: 1000 }, (_, n) => `w${n}`).join(' '))).toHaveLength(400)
  expect(searchWords('x'.repeat(5000))).toEqual(['x'.repeat(100)])
})
