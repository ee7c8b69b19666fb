import type { DataSet } from 'dicom-parser'
import { printable } from '../../core/printable.ts'

/** How the bytes of a character set are decoded: the encoding, and what is done to its bytes first. */
interface CharacterSet {
  readonly encoding: string
  /** Adds 128 to each byte: sets of 94 characters and of 94 × 94 are written with bytes below 128. */
  readonly raise?: boolean
  /** Put before each pair of bytes: EUC's third set. */
  readonly shift?: number
}

/** Sets that stand for the whole text (PS3.3, C.12.1.1.2); of those with escape sequences, the one it starts in. */
const wholeSets: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 149': 'euc-kr',
  'ISO_IR 58': 'gbk',
  'ISO_IR 166': 'tis-620',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk'
}

const latin: CharacterSet = { encoding: 'iso-8859-1' }

/** Escape sequences after the ESC, and the set that follows them (PS3.3, table C.12-3 and C.12-4). */
const escaped: readonly (readonly [string, CharacterSet])[] = [
  ['(B', latin],
  ['(J', latin],
  [')I', { encoding: 'shift_jis' }],
  ['(I', { encoding: 'shift_jis', raise: true }],
  ['$B', { encoding: 'euc-jp', raise: true }],
  ['$@', { encoding: 'euc-jp', raise: true }],
  ['$(D', { encoding: 'euc-jp', raise: true, shift: 0x8f }],
  ['$)C', { encoding: 'euc-kr' }],
  ['$)A', { encoding: 'gbk' }],
  ['-A', { encoding: 'iso-8859-1' }],
  ['-B', { encoding: 'iso-8859-2' }],
  ['-C', { encoding: 'iso-8859-3' }],
  ['-D', { encoding: 'iso-8859-4' }],
  ['-L', { encoding: 'iso-8859-5' }],
  ['-G', { encoding: 'iso-8859-6' }],
  ['-F', { encoding: 'iso-8859-7' }],
  ['-H', { encoding: 'iso-8859-8' }],
  ['-M', { encoding: 'iso-8859-9' }],
  ['-b', { encoding: 'iso-8859-15' }],
  ['-T', { encoding: 'tis-620' }]
]

/**
 * The text of an element, decoded by Specific Character Set, without control characters. Bytes that are not in the set become
 * replacement characters.
 */
export function textOf(data: DataSet, tag: string): string {
  const element = data.elements[tag]
  if (element === undefined || element.length === 0) return ''
  const bytes = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  return printable(decodeText(bytes, data.string('x00080005') ?? '').replace(/[\0 ]+$/, '')).trim()
}

/** @param sets the value of Specific Character Set (0008,0005) */
export function decodeText(bytes: Uint8Array, sets: string): string {
  const [first = ''] = sets.split('\\')
  const whole = { encoding: wholeSets[first.trim().replace('ISO 2022 IR', 'ISO_IR')] ?? guess(bytes) }
  const parts: string[] = []
  let set: CharacterSet = whole
  let start = 0
  const take = (end: number): void => {
    if (end > start) parts.push(decodePart(bytes.subarray(start, end), set))
  }
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, start)) {
    take(at)
    const sequence = String.fromCharCode(...bytes.subarray(at + 1, at + 4))
    const known = escaped.find(([letters]) => sequence.startsWith(letters))
    set = known?.[1] ?? whole
    start = at + 1 + (known?.[0].length ?? 0)
  }
  take(bytes.length)
  return parts.join('')
}

/** Where no set is named, or none that is known, text is ASCII by the standard; in truth often UTF-8 or Latin-1. */
function guess(bytes: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'iso-8859-1'
  }
}

function decodePart(bytes: Uint8Array, { encoding, raise = false, shift }: CharacterSet): string {
  const raised = raise ? bytes.map((byte) => (byte > 0x20 ? byte | 0x80 : byte)) : bytes
  const shifted = shift === undefined ? raised : Uint8Array.from(pairs(raised).flatMap((pair) => [shift, ...pair]))
  return new TextDecoder(encoding).decode(shifted)
}

function pairs(bytes: Uint8Array): number[][] {
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, n) => [...bytes.subarray(2 * n, 2 * n + 2)])
}
