import type { CtSlice } from './slice.ts'
import { isSparse } from './sparse.ts'
import { inOrder } from './step.ts'

/** So many slices of each part lie among those of the other before they are taken for two scans of one place. */
const fewestBetween = 3

/**
 * Whether two parts of a series, such as two acquisitions, lie between each other, so that what looks like one stack of thin slices is two
 * scans of the same place, between which a head may have moved. Parts that follow each other as blocks, each rotation of a scanner with a
 * number of its own among them, do not.
 * @param parts at least one of which has a slice; all slices of one orientation
 */
export function areInterleaved(parts: readonly (readonly CtSlice[])[]): boolean {
  const several = parts
    .filter(({ length }) => length >= fewestBetween)
    .map((part) => inOrder(part).map(({ height }) => height))
  return several.some((a, n) => several.slice(n + 1).some((b) => lieBetween(a, b) && lieBetween(b, a)))
}

/**
 * Whether parts that lie between each other are one scan whose acquisition number alternates: its slices are numbered from one end
 * to the other, and none of the parts alone shows all tissue, so thin are the slices for their distance in it. Two scans of one place are
 * numbered one after the other, and each shows all.
 */
export function areOneScan(parts: readonly (readonly CtSlice[])[]): boolean {
  const numbers = inOrder(parts.flat()).map(({ slice }) => Number.parseInt(slice.instance, 10))
  const steps = numbers.slice(1).map((number, n) => number - (numbers[n] as number))
  const isNumberedThrough = steps.every((step) => step > 0) || steps.every((step) => step < 0)
  return isNumberedThrough && parts.every(isSparse)
}

/** Whether several of the heights `a` lie within the range of `b`; both rise. */
function lieBetween(a: readonly number[], b: readonly number[]): boolean {
  const [low, high] = [b[0] as number, b.at(-1) as number]
  return a.filter((height) => height > low && height < high).length >= fewestBetween
}
