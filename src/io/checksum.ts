/** CRC-32 as gzip and zip have it (RFC 1952, 8), of bytes that come in pieces. */
export class Crc32 {
  #crc = 0xffffffff
  /** Bytes added so far. */
  length = 0

  add(bytes: Uint8Array): void {
    let crc = this.#crc
    for (let n = 0; n < bytes.length; n++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[n] as number)) & 0xff] as number)
    this.#crc = crc
    this.length += bytes.length
  }

  /** An unsigned 32-bit number. */
  get value(): number {
    return ~this.#crc >>> 0
  }
}

/** The polynomial with its bits reversed. */
const polynomial = 0xedb88320

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
  return crc
})

/** Adler-32 as zlib has it (RFC 1950, 8.2), of bytes that come in pieces. */
export class Adler32 {
  #a = 1
  #b = 0

  add(bytes: Uint8Array): void {
    for (let n = 0; n < bytes.length; n++) {
      this.#a = (this.#a + (bytes[n] as number)) % 65521
      this.#b = (this.#b + this.#a) % 65521
    }
  }

  /** An unsigned 32-bit number. */
  get value(): number {
    return this.#b * 65536 + this.#a
  }
}
