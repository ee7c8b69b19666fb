import { cross, dot, normalize } from '../../core/math/vector.ts'
import type { CtSlice } from './slice.ts'
import { usualStep } from './spacing.ts'

/** Slices of one orientation from the lowest up, each with its height in mm along the normal. */
export function inOrder(slices: readonly CtSlice[]): readonly { readonly slice: CtSlice; readonly height: number }[] {
  const [model] = slices
  if (model === undefined) return []
  const normal = normalize(cross(model.rowDirection, model.columnDirection))
  return slices.map((slice) => ({ slice, height: dot(slice.position, normal) })).sort((a, b) => a.height - b.height)
}

/** The usual distance of slices in mm; infinite for one slice. */
export function stepOf(slices: readonly CtSlice[]): number {
  return slices.length < 2 ? Number.POSITIVE_INFINITY : usualStep(inOrder(slices).map(({ height }) => height))
}
