/** Makes a new DICOM UID at each call. */
export type NewUid = () => string

/** A UID from a random UUID, under the root 2.25 (PS3.5, B.2; RFC 9562, version 4). */
export function randomUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return `2.25.${bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)}`
}
