import { encode } from 'fast-png'

/** Pixels, 8 bits a channel, row by row, as the address of a PNG that an HTML page carries in itself. */
export function pngAddress(data: Uint8Array, width: number, height: number, channels: 1 | 4): string {
  const bytes = encode({ width, height, data, channels, depth: 8 }, { zlib: { level: 9 } })
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return `data:image/png;base64,${btoa(text)}`
}
