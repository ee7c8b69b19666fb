/** Tags, little-endian, of the tables of encapsulated pixels that hold 64-bit numbers: (7FE0,0001) to (7FE0,0003). */
const tables: readonly (readonly number[])[] = [1, 2, 3].map((element) => [0xe0, 0x7f, element, 0])

/** Their value representations (OV, UV), and two bytes that are reserved. */
const representations: readonly (readonly number[])[] = [...'OU'].map((letter) => [letter.charCodeAt(0), 0x56, 0, 0])

/**
 * Calls tables of 64-bit numbers (OV, UV; PS3.5, 6.2), in place, OB. dicom-parser does not know the former, takes their lengths for
 * two bytes instead of four, and misses the pixels behind them. No value changes.
 */
export function renameLongNumbers(bytes: Uint8Array): void {
  const holds = (at: number, patterns: typeof tables): boolean =>
    patterns.some((pattern) => pattern.every((byte, n) => bytes[at + n] === byte))
  for (let at = bytes.indexOf(0xe0); at >= 0; at = bytes.indexOf(0xe0, at + 1)) {
    if (holds(at, tables) && holds(at + 4, representations)) bytes.set([0x4f, 0x42], at + 4)
  }
}
