import { InputError } from '../core/errors.ts'
import { utf16Of } from './decode-text.ts'
import type { FileAccess } from './file-access.ts'

/** Far more than any recipe, truth, list or result has; a larger file is another one, such as a scan. */
const maxJsonBytes = 64 * 2 ** 20

/**
 * Reads a JSON text file.
 * @returns its value, which is not checked any further
 * @throws InputError naming the file if it cannot be read, is larger than 64 MiB, is no UTF-8 or UTF-16 text or is not JSON
 */
export async function readJson(files: FileAccess, path: string): Promise<unknown> {
  return decodeJson(await files.read(path, maxJsonBytes), path)
}

/**
 * The value of a JSON text.
 * @param problem the message for a text that is not JSON; by default what is wrong with it
 * @throws InputError if it is not JSON; `source` names the file
 */
export function decodeJson(text: Uint8Array | string, source: string, problem?: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    const wrong = cause instanceof SyntaxError ? cause.message.replaceAll(/\s+/g, ' ') : 'the text is not UTF-8'
    throw new InputError(source, problem ?? `is not JSON: ${wrong}`, { cause })
  }
}

/** The value of a JSON text; undefined, which no JSON text means, where it is none. */
export function jsonIn(text: Uint8Array | string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** @throws SyntaxError where it is no JSON, TypeError where it is no text */
function parse(text: Uint8Array | string): unknown {
  // The decoder drops a byte order mark, which some editors put in front.
  return JSON.parse(typeof text === 'string' ? text.replace(/^\uFEFF/, '') : textOf(text))
}

function textOf(bytes: Uint8Array): string {
  return utf16Of(bytes) ?? new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
