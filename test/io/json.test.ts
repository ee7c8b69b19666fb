import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import type { FileAccess } from '../../src/io/file-access.ts'
import { decodeJson, jsonIn, readJson } from '../../src/io/json.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a JSON text is its value, with or without the byte order mark that some editors write', () => {
  expect(decodeJson(bytes('{"side": "left"}'), 'truth.json')).toEqual({ side: 'left' })
  expect(decodeJson(bytes('\uFEFF[1, 2]'), 'list.json')).toEqual([1, 2])
})

test.each([
  ['a text', bytes('Dear\ncolleague,'), /^truth\.json: is not JSON: [^\n]+$/],
  ['half of it', bytes('{"side": '), /^truth\.json: is not JSON: /],
  ['nothing', bytes(''), /^truth\.json: is not JSON: /],
  ['a picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /^truth\.json: is not JSON: the text is not UTF-8$/]
])('%s is refused by name in one line', (_, content, says) => {
  expect(() => decodeJson(content, 'truth.json')).toThrow(InputError)
  expect(() => decodeJson(content, 'truth.json')).toThrow(says)
})

test('what is none can be told in other words, or be taken for nothing', () => {
  expect(() => decodeJson('{', 'session.json', 'is damaged')).toThrow(/^session\.json: is damaged$/)
  expect([jsonIn('{'), jsonIn(Uint8Array.of(0xff, 0xd8)), jsonIn(''), jsonIn('null')]).toEqual([
    undefined,
    undefined,
    undefined,
    null
  ])
})

test('no other file parses JSON texts that come from outside', () => {
  const parsing = ['src', 'web'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts'))
      // A copy of a value is no text from outside, and an example in a comment is no code.
      .filter((path) => /^(?! \*).*JSON\.parse\((?!JSON\.stringify)/m.test(readFileSync(path, 'utf8')))
  )
  expect(parsing).toEqual(['src/io/json.ts'])
})

test('how much of a file is read has a limit', async () => {
  const asked: (number | undefined)[] = []
  const files: FileAccess = {
    list: async () => [],
    async read(_, maxBytes) {
      asked.push(maxBytes)
      return bytes('{}')
    },
    readStart: async () => bytes('')
  }
  expect(await readJson(files, 'a.json')).toEqual({})
  expect(asked).toEqual([64 * 2 ** 20])
})
