import type { Vector3 } from '../../core/math/vector.ts'
import type { CochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { createEarSpace, type EarSpace, insideCochlea } from '../ear-space.ts'
import { landmarkPlaces } from '../landmark-places.ts'
import type { MeasuredEar } from '../measured-ear.ts'
import { axisShrinkageOf, fitCochlearFrame } from './cochlear-axis.ts'
import { type CochlearSpiral, traceSpiral } from './cochlear-spiral.ts'
import type { Inside } from './cochlear-wall.ts'

/** The fitted cochlea of an ear, on which all its measurements are based; in the ear's frame, mm. */
export interface FittedCochlea {
  readonly inside: Inside
  readonly roundWindow: Vector3
  readonly frame: CochlearFrame
  /** The path along its wall, traced at the first call; if there is none, the reason as a text. */
  spiral(): CochlearSpiral | string
}

interface Fit {
  readonly roundWindow: Vector3
  readonly shrinkage: number
  readonly cochlea: FittedCochlea | string
}

/** The latest fit in each ear space, so that sizes, directions and the duct share one fit. */
const known = new WeakMap<EarSpace, Fit>()

/** @returns why there is none, as a text */
export function fitCochlea(ear: MeasuredEar): FittedCochlea | string {
  const roundWindow = landmarkPlaces(ear).get('round_window')
  if (roundWindow === undefined) return 'the round window was not found'
  const space = createEarSpace(ear)
  const shrinkage = axisShrinkageOf(ear)
  const before = known.get(space)
  const isSame = before?.shrinkage === shrinkage && before.roundWindow.every((mm, axis) => mm === roundWindow[axis])
  if (before !== undefined && isSame) return before.cochlea
  const cochlea = fitOnce(insideCochlea(space), roundWindow, shrinkage)
  known.set(space, { roundWindow, shrinkage, cochlea })
  return cochlea
}

function fitOnce(inside: Inside, roundWindow: Vector3, shrinkage: number): FittedCochlea | string {
  const frame = fitCochlearFrame(inside, roundWindow, shrinkage)
  if (frame === undefined) return 'too little of the basal turn is outlined to lay a plane through it'
  let traced: CochlearSpiral | string | undefined
  return {
    inside,
    roundWindow,
    frame,
    spiral() {
      traced ??= traceSpiral(inside, frame)
      return traced
    }
  }
}
