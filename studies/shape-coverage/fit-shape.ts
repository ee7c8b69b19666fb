import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import { add, type Matrix3, norm, rotationAbout, scale, transform, type Vector3 } from '../../src/core/vector.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { modes } from '../../src/generate/anatomy/population.ts'
import { createShape, type ShapeParameters } from '../../src/generate/anatomy/shape.ts'

/** A labyrinth the generator could draw, and where it lies: place = rotation · point + shift. */
export interface FittedShape {
  readonly parameters: ShapeParameters
  readonly rotation: Matrix3
  readonly shift: Vector3
}

/** Distances beyond this (mm) count as this: what the generator has no part for must not bend the rest. */
const farthest = 2

/** How many SD a parameter may lie from the population's mean at the price of 0.01 mm in every surface point. */
const priorSd = { modes: 1, size: 0.03, caliber: 0.05 }
const priorWeight = 0.01

/**
 * The generator's parameters, with position and turn, whose surface passes nearest to the given surface points
 * (least squares with a weak prior).
 * @param points of a right ear's surface, roughly in the ear frame, mm
 */
export function fitShape(points: readonly Vector3[]): FittedShape {
  const priors = [...modes.map(() => priorSd.modes), priorSd.size, priorSd.caliber]
  const count = points.length + priors.length
  const weight = priorWeight * Math.sqrt(points.length / priors.length)
  const start = [0, 0, 0, 0, 0, 0, ...modes.map(() => 0), 1, 1]
  const residual = (values: number[]): ((index: number) => number) => {
    const { parameters, rotation, shift } = unpack(values)
    const shape = createShape(parameters)
    return (index) => {
      const point = points[index]
      if (point !== undefined) {
        return labyrinthDistance(shape, add(transform(rotation, point), shift), farthest).whole
      }
      const at = 6 + index - points.length
      return (weight * ((values[at] as number) - (start[at] as number))) / (priors[index - points.length] as number)
    }
  }
  const { parameterValues } = levenbergMarquardt(
    { x: Array.from({ length: count }, (_, index) => index), y: new Array<number>(count).fill(0) },
    residual,
    {
      initialValues: start,
      gradientDifference: [1e-3, 1e-3, 1e-3, 1e-2, 1e-2, 1e-2, ...modes.map(() => 0.05), 2e-3, 2e-3],
      damping: 1e-2,
      maxIterations: 40,
      improvementThreshold: 1e-4
    }
  )
  return unpack(parameterValues)
}

/** [turn × 3 (radians about an axis), shift × 3 (mm), modes, size, caliber]. */
function unpack(values: readonly number[]): FittedShape {
  const turn = values.slice(0, 3) as unknown as Vector3
  const angle = norm(turn)
  const rotation = rotationAbout(angle === 0 ? [1, 0, 0] : scale(turn, 1 / angle), angle)
  const [size, caliber] = values.slice(6 + modes.length) as [number, number]
  return {
    parameters: { modes: values.slice(6, 6 + modes.length), size, caliber },
    rotation,
    shift: values.slice(3, 6) as unknown as Vector3
  }
}
