import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import { mean } from '../../core/math/mean.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { type CochlearFrame, placeOf, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import { cupula } from '../../ear/cupula.ts'
import { type TubeShape, tubeShares } from '../../ear/tube-model.ts'
import type { Inside } from './cochlear-wall.ts'

/** A tube that fits a cochlea. */
export interface FittedTube {
  readonly tube: TubeShape
  /** Share of the shares' variance that the tube leaves unexplained. */
  readonly misfit: number
  /** The greatest absolute z-score of its parameters. */
  readonly maxZScore: number
}

/** Where the search for a tube begins. */
export interface TubeStart extends Pick<TubeShape, 'scale' | 'lift'> {
  /** The lateral wall at 180°, mm. */
  readonly far: WallPlace
}

/** Places that are compared lie this far apart and up to `margin` beyond the wall, mm. */
const grid = { step: 0.4, margin: 0.35, reach: 5.1, low: -1.2, high: 6 }

/** Near the round window the basal turn bends into the hook, which is no part of the spiral; consensus coordinates. */
const hook = { from: -1.2, to: 0.6, radius: 2.6 }

/** Degrees: the middle of 2¼ to 3 turns, as corrosion casts have them (Erixon et al. 2009; Biedron et al. 2009). */
export const typicalTotalAngle = 945

/** How far ears differ, SD: degrees; shares of radii and of heights; mm; mm per mm; mm. The total angle is nearly free. */
const sd = {
  totalAngle: 100,
  scale: 0.08,
  upperScale: 0.08,
  lift: 0.1,
  shift: 0.3,
  apexShift: 0.25,
  slant: 0.1,
  hollow: 0.25
}
const numbers = 11

/** One SD off costs as much as this share of the shares' variance left unexplained. */
const priorWeight = 0.01

/**
 * The mean cochlea fitted to an ear's, as a whole: least squares between the tube's shares and the ear's at places in
 * and around it, with priors. What determines the total angle is how the upper turns lie above each other.
 * @param inside a place's share of the cochlea, less one half
 */
export function fitTube(inside: Inside, frame: CochlearFrame, start: TubeStart): FittedTube {
  const { places, shares } = samplePlaces(inside, frame)
  const middle = mean(shares)
  const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - middle) ** 2, 0))
  const count = shares.length + numbers
  const residuals = (values: readonly number[]): Float64Array => {
    const model = tubeShares(tubeOf(values, start), places)
    const off = new Float64Array(count)
    for (let n = 0; n < shares.length; n++) off[n] = ((model[n] as number) - (shares[n] as number)) / spread
    off.set(
      values.map((value) => Math.sqrt(priorWeight) * value),
      shares.length
    )
    return off
  }
  const { parameterValues } = levenbergMarquardt(
    { x: Array.from({ length: count }, (_, n) => n), y: new Array<number>(count).fill(0) },
    (values) => {
      const all = residuals(values)
      return (n) => all[n] as number
    },
    { initialValues: new Array<number>(numbers).fill(0), gradientDifference: 0.05, damping: 0.01, maxIterations: 8 }
  )
  const misfit = residuals(parameterValues)
    .subarray(0, shares.length)
    .reduce((sum, off) => sum + off * off, 0)
  return {
    tube: tubeOf(parameterValues, start),
    misfit,
    maxZScore: Math.max(...parameterValues.map(Math.abs))
  }
}

/** @param values in standard deviations from where the search begins */
function tubeOf(values: readonly number[], start: TubeStart): TubeShape {
  const value = (n: number): number => values[n] as number
  const scale = start.scale * (1 + sd.scale * value(1))
  const slant = [sd.slant * value(8), sd.slant * value(9)] as const
  return {
    totalAngle: typicalTotalAngle + sd.totalAngle * value(0),
    scale,
    upperScale: scale * (1 + sd.upperScale * value(2)),
    lift: start.lift * (1 + sd.lift * value(3)),
    farHeight: start.far.height + slant[0] * start.far.radius,
    shift: [sd.shift * value(4), sd.shift * value(5)],
    apexShift: [sd.apexShift * value(6), sd.apexShift * value(7)],
    slant,
    hollow: cupula.depth.mean + sd.hollow * value(10)
  }
}

/** Places in and around the cochlea, across and along the axis, and the cochlea's share of each. */
function samplePlaces(inside: Inside, frame: CochlearFrame): { places: Float64Array; shares: Float64Array } {
  const places: number[] = []
  const shares: number[] = []
  const { step, reach, low, high } = grid
  for (let z = low; z <= high; z += step) {
    for (let y = -reach; y <= reach; y += step) {
      for (let x = -reach; x <= reach; x += step) {
        const [radius, angle] = [Math.hypot(x, y), Math.atan2(y, x)]
        if (angle > hook.from && angle < hook.to && radius > hook.radius) continue
        const place = placeOf(frame, { radius, angle, height: z })
        const share = inside(...place) + 0.5
        if (share < 0.5 && !isNear(inside, place)) continue
        places.push(x, y, z)
        shares.push(share)
      }
    }
  }
  return { places: Float64Array.from(places), shares: Float64Array.from(shares) }
}

const neighbours: readonly Vector3[] = ([0, 1, 2] as const).flatMap((axis) =>
  [-grid.margin, grid.margin].map((mm): Vector3 => [axis === 0 ? mm : 0, axis === 1 ? mm : 0, axis === 2 ? mm : 0])
)

function isNear(inside: Inside, [x, y, z]: Vector3): boolean {
  return neighbours.some((offset) => inside(x + offset[0], y + offset[1], z + offset[2]) > 0)
}
