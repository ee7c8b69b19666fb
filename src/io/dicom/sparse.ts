import type { CtSlice } from './slice.ts'
import { stepOf } from './step.ts'

/** Slices further apart than this, in their thickness, leave much between them that none shows; export programs drop every second one. */
const sparse = 1.8

/** Whether slices lie so far apart that much between them is shown by none. */
export function isSparse(slices: readonly CtSlice[]): boolean {
  const thickness = slices[0]?.thickness ?? 0
  return thickness > 0 && stepOf(slices) >= sparse * thickness
}

/**
 * A note on slices that lie evenly, so that no gap tells of missing ones, and yet are too far apart for their thickness, or whose instance
 * numbers leave out the same count each time.
 * @param slices of the stack, in order
 * @param beside other slices of the series: numbers that these have are not left out
 */
export function sparseNotes(slices: readonly CtSlice[], beside: readonly CtSlice[]): readonly string[] {
  const thickness = slices[0]?.thickness ?? 0
  const step = stepOf(slices)
  const jump = jumpOf(slices, beside)
  const apart = `${Number(thickness.toFixed(2))} mm thick and ${Number(step.toFixed(2))} mm apart`
  if (isSparse(slices) && jump > 1) {
    return [
      `slices seem to be missing: they are ${apart}, and their instance numbers go in steps of ${jump}; ${advice}`
    ]
  }
  if (isSparse(slices))
    return [`slices may be missing: they are ${apart}, so that some tissue lies between them unseen; ${advice}`]
  return jump > 1 ? [`slices may be missing: their instance numbers go in steps of ${jump}; ${advice}`] : []
}

const advice = 'where the series has more, export it again in full'

/** The step in which instance numbers rise or fall from slice to slice, always the same; else 1, and where others have those between. */
function jumpOf(slices: readonly CtSlice[], beside: readonly CtSlice[]): number {
  const numbers = slices.map(({ instance }) => Number(instance))
  const jump = (numbers[1] ?? Number.NaN) - (numbers[0] ?? Number.NaN)
  if (!numbers.every((number, n) => number === (numbers[0] as number) + n * jump)) return 1
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const isBetween = (number: number): boolean => number > low && number < high && (number - low) % jump !== 0
  return beside.some(({ instance }) => isBetween(Number(instance))) ? 1 : Math.abs(jump)
}
