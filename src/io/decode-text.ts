import { InputError } from '../core/errors.ts'

/** Most bytes of a text that a user or a program writes for us: a list, a recipe, markups. */
export const maxTextBytes = 2 ** 26

/**
 * A text file's characters: UTF-16 or UTF-8 by its byte order mark, UTF-16 without one by its null characters, else
 * UTF-8, or Latin-1 where it is not valid UTF-8.
 * @throws InputError if it is no text
 */
export function decodeText(bytes: Uint8Array, source: string): string {
  if (bytes.length > maxTextBytes) {
    throw new InputError(source, `is ${Math.round(bytes.length / 1e6)} MB long, too long for a text`)
  }
  const text = decodeHeaderText(bytes)
  if (text.includes('\0')) throw new InputError(source, 'holds null characters, so it is no text; save it as UTF-8')
  return text
}

/** As {@link decodeText}, for the text before binary data; null characters stay. */
export function decodeHeaderText(bytes: Uint8Array): string {
  const wide = utf16Of(bytes)
  if (wide !== undefined) return wide
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('iso-8859-1').decode(bytes)
  }
}

/** The characters of a text in UTF-16, which PowerShell and old editors write; undefined for any other. */
export function utf16Of(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  // ASCII without a byte order mark has a null in every second byte.
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return new TextDecoder('utf-16be').decode(bytes)
  return undefined
}
