import { angleBetween } from '../../core/math/angle.ts'
import { column, transform, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { MeasuredEar } from '../measured-ear.ts'
import { type Values, valueOr } from '../values.ts'
import { measureCochlea } from './cochlear-size.ts'
import type { CochlearSpiral } from './cochlear-spiral.ts'
import { ductLengths, lengthToAngle } from './duct-length.ts'
import { fitCochlea } from './fit-cochlea.ts'

/** Sizes, orientation and duct lengths of the cochlea; a reason for each where its axis cannot be found. */
export function cochleaValues(ear: MeasuredEar): Values {
  const cochlea = fitCochlea(ear)
  if (typeof cochlea === 'string') return missing(cochlea)
  const { inside, frame, roundWindow } = cochlea
  const size = measureCochlea(inside, frame, cochlearPlace(frame, roundWindow).radius)
  const wall = 'the lateral wall of the basal turn is not seen where it is measured'
  return {
    a_value: valueOr(size.a, wall),
    b_value: valueOr(size.b, wall),
    cochlear_height: valueOr(size.height, wall),
    ...spiralValues(cochlea.spiral()),
    ...axisAngles(ear, frame.axis.direction),
    ...(size.a === undefined ? missingLengths('the A value is not known') : lengthValues(size.a))
  }
}

/** @param axis in the ear's frame */
function axisAngles({ frame: { direction } }: MeasuredEar, axis: Vector3): Values {
  const inWorld = transform(direction, axis)
  return {
    axis_to_left: angleBetween(inWorld, [1, 0, 0]),
    axis_to_posterior: angleBetween(inWorld, [0, 1, 0]),
    axis_to_superior: angleBetween(inWorld, [0, 0, 1]),
    axis_to_lateral_canal_normal: angleBetween(inWorld, column(direction, 2))
  }
}

function lengthValues(a: number): Values {
  const lengths = ductLengths(a)
  return {
    duct_length_alexiades_organ_of_corti: lengths.alexiadesOrganOfCorti,
    duct_length_alexiades_two_turns: lengths.alexiadesTwoTurns,
    duct_length_koch_organ_of_corti: lengths.kochOrganOfCorti,
    duct_length_koch_lateral_wall: lengths.kochLateralWall,
    basal_turn_length_escude: lengthToAngle(a, 360)
  }
}

function spiralValues(spiral: CochlearSpiral | string): Values {
  if (typeof spiral === 'string') return Object.fromEntries(spiralIds.map((id) => [id, spiral]))
  return {
    basal_turn_length_traced: spiral.basalTurnLength,
    duct_length_traced: spiral.length,
    total_angle: spiral.totalAngle,
    turns: spiral.totalAngle / 360
  }
}

const spiralIds = ['basal_turn_length_traced', 'duct_length_traced', 'total_angle', 'turns']

/** Quantities that depend on separating the turns above the basal one. */
export const ofUpperTurns = ['cochlear_height', ...spiralIds]

const lengthIds = Object.keys(lengthValues(1))

function missingLengths(reason: string): Values {
  return Object.fromEntries(lengthIds.map((id) => [id, reason]))
}

function missing(reason: string): Values {
  const ids = ['a_value', 'b_value', 'cochlear_height', ...spiralIds]
  const angles = ['axis_to_left', 'axis_to_posterior', 'axis_to_superior', 'axis_to_lateral_canal_normal']
  return Object.fromEntries([...ids, ...angles, ...lengthIds].map((id) => [id, reason]))
}
