import { InputError } from '../core/errors.ts'
import { decodeHeaderText } from './decode-text.ts'
import { type HeaderFields, headerFields } from './header-fields.ts'

/** Headers longer than this are not looked through for their end, in bytes. */
const longestHeader = 2 ** 20
const longestLine = 2 ** 12

const fieldSynonyms: ReadonlyMap<string, string> = new Map([
  ['datafile', 'data file'],
  ['lineskip', 'line skip'],
  ['byteskip', 'byte skip']
])

export interface NrrdHeader {
  /** The fields (`name: value`) by lower-case name. */
  readonly fields: HeaderFields
  /** Keys of a program's own (`name:=value`), in the order of the file. */
  readonly keys: readonly (readonly [name: string, value: string])[]
  /** Where the data starts: after the first empty line. */
  readonly end: number
}

/** @throws InputError if it is not the header of an NRRD */
export function parseNrrdHeader(bytes: Uint8Array, source: string): NrrdHeader {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, longestHeader))
  if (!/^NRRD000\d\r?\n/.test(text)) throw new InputError(source, 'is not an NRRD file: it does not start with NRRD')
  const empty = /\r?\n\r?\n/.exec(text)
  const header = decodeHeaderText(bytes.subarray(0, empty?.index ?? text.length))
  const lines = header.split(/\r?\n/).slice(1)
  if (lines.some(({ length }) => length > longestLine)) throw new InputError(source, 'has a header line without end')
  const found = (pattern: RegExp): [string, string][] =>
    lines.flatMap((line) => {
      const match = pattern.exec(line)
      return match === null ? [] : [[match[1] as string, match[2] as string]]
    })
  return {
    fields: headerFields(found(/^([^#:][^:]*):(?!=)(.*)$/), fieldSynonyms),
    keys: found(/^([^#:][^:]*):=(.*)$/),
    end: empty === null ? bytes.length : empty.index + empty[0].length
  }
}
