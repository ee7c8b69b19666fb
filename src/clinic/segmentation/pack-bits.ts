/** Masks of one bit a pixel, one after the other without padding between them, the first pixel in the lowest bit (PS3.5, 8.1.1). */
export class BitPacker {
  readonly bytes: Uint8Array
  #next = 0

  /** @param bits how many pixels all masks have; the bytes are an even number */
  constructor(bits: number) {
    this.bytes = new Uint8Array(2 * Math.ceil(bits / 16))
  }

  /** Adds a mask: 1 where a pixel belongs to it. */
  add(mask: Uint8Array): void {
    for (let at = 0; at < mask.length; at++) {
      if (mask[at] !== 0) this.#set(this.#next + at)
    }
    this.#next += mask.length
  }

  #set(bit: number): void {
    const at = Math.floor(bit / 8)
    this.bytes[at] = (this.bytes[at] as number) | (1 << (bit % 8))
  }
}
