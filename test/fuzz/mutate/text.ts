import type { Random } from '../../../src/core/math/random.ts'
import { mutateBytes } from './bytes.ts'

/** Numbers and words that a parser may trip over. */
export const oddWords: readonly string[] = [
  '',
  '0',
  '-0',
  '-1',
  '1',
  '2',
  '3',
  '65535',
  '65536',
  '1000000',
  '2147483647',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '1e308',
  '1e999',
  '-1e999',
  '1e-320',
  'NaN',
  'Infinity',
  'nan',
  'inf',
  'none',
  'null',
  'true',
  '0x10',
  '1,5',
  '1.5.2',
  '..',
  '../../a',
  '/dev/zero',
  'C:\\a',
  'a'.repeat(300),
  '9'.repeat(400),
  '('.repeat(5000),
  ' '.repeat(5000),
  '"',
  "'",
  '\\',
  '\0',
  '\u001b[2J',
  '\u202egnp',
  '\u2028',
  '\ufeff',
  '\ud800',
  'é',
  '測',
  '%s',
  '{}',
  '[]',
  '<b>',
  '__proto__',
  'constructor',
  '=cmd()'
]

/** Changes a text, or the text that a file starts with, in one to four places; at times its encoding too. */
export function mutateText(bytes: Uint8Array, random: Random): Uint8Array {
  // Latin-1 keeps every byte.
  let text = Buffer.from(bytes).toString('latin1')
  const times = random.chance(0.6) ? 1 : random.integer(2, 4)
  for (let n = 0; n < times; n++) text = changeOnce(text, random)
  if (random.chance(0.04)) return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

function changeOnce(text: string, random: Random): string {
  switch (random.integer(0, 9)) {
    case 0:
    case 1:
    case 2:
      return replaceOne(text, /-?\d+(\.\d+)?([eE][+-]?\d+)?/g, random)
    case 3:
    case 4:
      return replaceOne(text, /[A-Za-z_][\w-]*/g, random)
    case 5:
      return replaceOne(text, /[^\w\s]/g, random)
    case 6:
    case 7:
      return changeLines(text, random)
    case 8: {
      const at = random.integer(0, Math.min(text.length, 2000))
      return text.slice(0, at) + latin(random.pick(oddWords)) + text.slice(at)
    }
    default:
      return Buffer.from(mutateBytes(new Uint8Array(Buffer.from(text, 'latin1')), random)).toString('latin1')
  }
}

/** A token replaced by an odd one, or by another token of the text. */
function replaceOne(text: string, pattern: RegExp, random: Random): string {
  const tokens = [...text.slice(0, 20_000).matchAll(pattern)]
  if (tokens.length === 0) return text
  const token = random.pick(tokens)
  const other = random.chance(0.7) ? latin(random.pick(oddWords)) : random.pick(tokens)[0]
  return text.slice(0, token.index) + other + text.slice(token.index + token[0].length)
}

function changeLines(text: string, random: Random): string {
  // The voxels after a header are one last line.
  const lines = text.split('\n')
  const at = random.integer(0, Math.min(lines.length, 40) - 1)
  const line = lines[at] as string
  const choice = random.integer(0, 4)
  if (choice === 0) lines.splice(at, 1)
  if (choice === 1) lines.splice(at, 0, line)
  if (choice === 2) lines.splice(random.integer(0, Math.min(lines.length, 40) - 1), 0, ...lines.splice(at, 1))
  if (choice === 3) lines[at] = line + line
  if (choice === 4) lines[at] = line.slice(0, random.integer(0, line.length))
  return lines.join('\n')
}

/** In the bytes of UTF-8, each a Latin-1 character. */
function latin(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
