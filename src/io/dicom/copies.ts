import { InputError } from '../../core/errors.ts'
import { parseDicom } from './parse.ts'
import { framePixels } from './pixel-data.ts'
import type { CtSlice } from './slice.ts'

/** Slices of which each instance is there once, and the copies of them, each with the slice it repeats. */
export interface WithoutCopies {
  readonly slices: readonly CtSlice[]
  readonly copies: readonly (readonly [copy: CtSlice, original: CtSlice])[]
}

/** Recognises copies by their SOP Instance UID. A slice without one is not taken for a copy. */
export function withoutCopies(slices: readonly CtSlice[]): WithoutCopies {
  const first = new Map<string, CtSlice>()
  const copies: (readonly [CtSlice, CtSlice])[] = []
  const kept = slices.filter((slice) => {
    if (slice.instanceUid === '') return true
    const key = `${slice.instanceUid} ${slice.frame}`
    const original = first.get(key)
    if (original === undefined) first.set(key, slice)
    else copies.push([slice, original])
    return original === undefined
  })
  return { slices: kept, copies }
}

/**
 * Compares copies with their originals.
 * @param read the bytes of a file
 * @throws InputError if two different images have the same UID
 */
export async function checkCopies(
  source: string,
  copies: WithoutCopies['copies'],
  read: (file: string) => Promise<Uint8Array>
): Promise<void> {
  for (const [copy, original] of copies) {
    const [a, b] = [await read(copy.file), await read(original.file)]
    if (sameBytes(a, b)) continue
    if (imageOf(copy) === imageOf(original) && sameBytes(await pixelsOf(a, copy), await pixelsOf(b, original))) continue
    throw new InputError(
      source,
      `${copy.file} and ${original.file} are two different images under one SOP Instance UID; remove the wrong one`
    )
  }
}

/** What a header says of where an image lies and how its pixels become Hounsfield units; texts and names may differ between exports. */
function imageOf(slice: CtSlice): string {
  const { position, rowDirection, columnDirection, columnSpacing, rowSpacing, laterality } = slice
  const place = [position, rowDirection, columnDirection, columnSpacing, rowSpacing, laterality]
  return JSON.stringify([place, slice.pixels, slice.rescale, slice.padding])
}

async function pixelsOf(bytes: Uint8Array, { pixels, frame }: CtSlice): Promise<Uint8Array> {
  const { data } = await parseDicom(bytes)
  const frames = Math.max(1, Math.trunc(Number(data.string('x00280008') ?? 1)) || 1)
  return framePixels(data, pixels, frames)?.[frame] ?? new Uint8Array(0)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, n) => byte === b[n])
}
