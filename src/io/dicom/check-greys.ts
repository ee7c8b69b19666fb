import { InputError } from '../../core/errors.ts'
import { namesOf } from './alike.ts'
import type { CtSlice } from './slice.ts'
import { transferSyntax } from './transfer-syntax.ts'

/**
 * Checks, before decoding, that the slices of a stack specify in the same way how stored values become Hounsfield units:
 * all by Rescale Slope and Intercept, or none of them. Their values may differ.
 * @returns notes on headers that do not specify it in full
 * @throws InputError that names the slices that differ
 */
export function checkGreys(source: string, slices: readonly CtSlice[]): readonly string[] {
  const flat = slices.filter(({ rescale }) => rescale.slope === 0)
  if (flat.length > 0) {
    throw new InputError(source, `the Rescale Slope of ${namesOf(flat)} is 0, which makes all values one; ${advice}`)
  }
  checkOne(source, slices, rescaleOf)
  checkOne(source, slices.filter(isOfHeader), formatOf)
  const [first] = slices
  if (first === undefined) return []
  const { slope, intercept } = first.rescale
  if (slope !== undefined && intercept !== undefined) return []
  if (slope === undefined && intercept === undefined) {
    return ['its slices have no Rescale Slope and Intercept: stored values are taken for Hounsfield units']
  }
  return [
    slope === undefined
      ? 'its slices have a Rescale Intercept and no Rescale Slope, which is taken for 1'
      : 'its slices have a Rescale Slope and no Rescale Intercept, which is taken for 0'
  ]
}

const advice = 'export the series again'

/** @throws InputError that names the slices of the rarer kinds */
function checkOne(source: string, slices: readonly CtSlice[], kindOf: (slice: CtSlice) => string): void {
  const kinds = new Map<string, CtSlice[]>()
  for (const slice of slices) {
    const kind = kindOf(slice)
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [slice])
    else known.push(slice)
  }
  const [usual, ...rare] = [...kinds].sort(([, a], [, b]) => b.length - a.length)
  if (usual === undefined || rare.length === 0) return
  const different = rare.map(([kind, members]) => `${namesOf(members)} with ${kind}`).join('; ')
  throw new InputError(
    source,
    `its slices differ in how values are stored: ${different}; the others with ${usual[0]}; ${advice}`
  )
}

function rescaleOf({ rescale: { slope, intercept } }: CtSlice): string {
  if (slope === undefined) return intercept === undefined ? 'no Rescale Slope and Intercept' : 'no Rescale Slope'
  return intercept === undefined ? 'no Rescale Intercept' : 'Rescale Slope and Intercept'
}

/** Compressed images but those of RLE hold their own format, which may differ between them. */
function isOfHeader({ pixels }: CtSlice): boolean {
  const { coding } = transferSyntax(pixels.transferSyntax)
  return coding === 'plain' || coding === 'rle'
}

function formatOf({ pixels: { bitsAllocated, bitsStored, highBit, signed } }: CtSlice): string {
  return `${bitsStored} of ${bitsAllocated} bits up to bit ${highBit}, ${signed ? 'signed' : 'unsigned'}`
}
