import { cross, dot } from '../../core/math/vector.ts'
import type { CtSlice } from './slice.ts'

/** So many slices of each part lie among those of the other before they are taken for two scans of one place. */
const fewestBetween = 3

/**
 * Whether two parts of a series, such as two acquisitions, lie between each other, so that what looks like one stack of thin slices is two
 * scans of the same place, between which a head may have moved. Parts that follow each other as blocks, each rotation of a scanner with a
 * number of its own among them, do not.
 * @param parts at least one of which has a slice; all slices of one orientation
 */
export function areInterleaved(parts: readonly (readonly CtSlice[])[]): boolean {
  const model = parts.find(([first]) => first !== undefined)?.[0]
  if (model === undefined) return false
  const normal = cross(model.rowDirection, model.columnDirection)
  const several = parts
    .filter(({ length }) => length >= fewestBetween)
    .map((part) => part.map(({ position }) => dot(position, normal)).sort((a, b) => a - b))
  return several.some((a, n) => several.slice(n + 1).some((b) => lieBetween(a, b) && lieBetween(b, a)))
}

/** Whether several of the heights `a` lie within the range of `b`; both rise. */
function lieBetween(a: readonly number[], b: readonly number[]): boolean {
  const [low, high] = [b[0] as number, b.at(-1) as number]
  return a.filter((height) => height > low && height < high).length >= fewestBetween
}
