/** Masks of one bit a pixel, one after the other without padding between them, the first pixel in the lowest bit (PS3.5, 8.1.1). */
export class BitPacker {
  readonly bytes: Uint8Array
  #next = 0

  /** @param bits how many pixels all masks have; the bytes are an even number */
  constructor(bits: number) {
    this.bytes = new Uint8Array(2 * Math.ceil(bits / 16))
  }

  /** Adds a mask. @param pixels how many pixels it has @param numbers indices of those inside */
  add(pixels: number, numbers: readonly number[]): void {
    for (const number of numbers) {
      const bit = this.#next + number
      const at = Math.floor(bit / 8)
      this.bytes[at] = (this.bytes[at] as number) | (1 << (bit % 8))
    }
    this.#next += pixels
  }
}
