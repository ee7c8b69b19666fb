import type { Side } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { EarPointId } from '../ear/mean-ear.ts'
import { fitPose, logPosterior } from '../ear/pose.ts'
import type { OutlinedEar } from './observed-ear.ts'
import type { Outlines } from './read-labels.ts'

/** Fewest points of which the pose of an ear can be told. */
const fewestPoints = 3

/** By how much, as a logarithm, the other sides must be more probable than the stated ones: points in a plane say nothing. */
const tolerance = 1

/**
 * In LPS the left ear has the larger x. Only a head that lies upside down, as a specimen may, has it the other way
 * round: then the ears themselves show that their sides are right.
 * @throws InputError naming the file if two ears lie where each other's side is
 */
export function checkSidesOfPlaces(source: string, ears: readonly OutlinedEar[], outlined: Outlines['outlined']): void {
  const [first, second] = ears
  if (first === undefined || second === undefined) return
  const firstSide = first.side ?? (second.side === null ? null : opposite(second.side))
  if (firstSide === null) return
  const [left, right] = firstSide === 'left' ? [first, second] : [second, first]
  if (left.place[0] > right.place[0]) return
  const evidence = [evidenceOf(left, 'left', outlined), evidenceOf(right, 'right', outlined)]
  const known = evidence.filter((one) => one !== undefined)
  if (known.length > 0 && known.reduce((sum, one) => sum + one, 0) > -tolerance) return
  throw new InputError(
    source,
    `puts the left ear at x = ${left.place[0].toFixed(1)} mm and the right one at ${right.place[0].toFixed(1)} mm; in LPS the left ` +
      'has the larger x: the sides may be swapped, or the coordinates RAS; correct them'
  )
}

/** How much more probable, as a logarithm, an ear's own points make its side than the other; undefined where too few are known. */
function evidenceOf(ear: OutlinedEar, side: Side, outlined: Outlines['outlined']): number | undefined {
  const points = new Map<EarPointId, Vector3>(outlined === 'parts' ? ear.centroids : [])
  for (const mark of ear.landmarks) if (mark.status === 'defined') points.set(mark.id, mark.position)
  if (points.size < fewestPoints) return undefined
  return logPosterior(fitPose(points, side)) - logPosterior(fitPose(points, opposite(side)))
}

function opposite(side: Side): Side {
  return side === 'left' ? 'right' : 'left'
}
