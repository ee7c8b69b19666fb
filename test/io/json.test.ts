import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import type { FileAccess } from '../../src/io/file-access.ts'
import { decodeJson, readJson } from '../../src/io/json.ts'

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

test('how much of a file is read has a limit', async () => {
  const asked: (number | undefined)[] = []
  const files: FileAccess = {
    list: async () => [],
    async read(_, maxBytes) {
      asked.push(maxBytes)
      return bytes('{}')
    }
  }
  expect(await readJson(files, 'a.json')).toEqual({})
  expect(asked).toEqual([64 * 2 ** 20])
})
