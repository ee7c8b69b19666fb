import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import { add, type Matrix3, norm, rotationAbout, scale, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { modes } from '../../src/generate/anatomy/population.ts'
import { meanParameters, type ShapeParameters, sampleLimit } from '../../src/generate/sample/shape-parameters.ts'

/** A labyrinth the generator could make, and where it lies: place = rotation · point + shift. */
export interface FittedShape {
  readonly parameters: ShapeParameters
  readonly rotation: Matrix3
  readonly shift: Vector3
}

/** Distances beyond this (mm) count as this: what the generator has no part for must not bend the rest. */
const farthest = 2

/** What is fitted of the parameters: how to set it, where it starts, its spread in the generator, a step for its slope. */
const fitted: readonly {
  readonly set: (parameters: ShapeParameters, value: number) => ShapeParameters
  readonly start: number
  readonly sd: number
  readonly step: number
}[] = [
  ...modes.map((_, mode) => ({
    set: (p: ShapeParameters, value: number) => ({ ...p, modes: p.modes.with(mode, value) }),
    start: 0,
    sd: 1,
    step: 0.05
  })),
  { set: (p, size) => ({ ...p, size }), start: 1, sd: 0.015, step: 2e-3 },
  { set: (p, caliber) => ({ ...p, caliber }), start: 1, sd: 0.03, step: 2e-3 },
  { set: (p, winding) => ({ ...p, winding }), start: meanParameters.winding, sd: 50, step: 3 },
  {
    set: (p, size) => ({ ...p, cochlea: { ...p.cochlea, size } }),
    start: meanParameters.cochlea.size,
    sd: 0.025,
    step: 2e-3
  },
  {
    set: (p, turn) => ({ ...p, cochlea: { ...p.cochlea, turn: [turn, p.cochlea.turn[1]] } }),
    start: 0,
    sd: 3,
    step: 0.1
  },
  {
    set: (p, turn) => ({ ...p, cochlea: { ...p.cochlea, turn: [p.cochlea.turn[0], turn] } }),
    start: 0,
    sd: 3,
    step: 0.1
  },
  ...Array.from({ length: 5 }, (_, n) => ({
    set: (p: ShapeParameters, value: number) => ({ ...p, warp: p.warp.with(n, value) }),
    start: 0,
    sd: 1,
    step: 0.05
  }))
]

/** The price, in every surface point, of a parameter that lies one SD from the population's mean, mm. */
const priorWeight = 0.01

/** Every so many surface points are fitted. */
const stride = 8

/**
 * The generator's parameters, with position and turn, whose surface passes nearest to the given surface points
 * (least squares with a weak prior), all of them within what the generator samples.
 * @param surface points of a right ear's, roughly in the ear frame, mm
 */
export function fitShape(surface: readonly Vector3[]): FittedShape {
  const points = surface.filter((_, n) => n % stride === 0)
  const count = points.length + fitted.length
  const weight = priorWeight * Math.sqrt(points.length / fitted.length)
  const start = [0, 0, 0, 0, 0, 0, ...fitted.map(({ start }) => start)]
  const residual = (values: number[]): ((index: number) => number) => {
    const { parameters, rotation, shift } = unpack(values)
    const shape = createShape(parameters)
    return (index) => {
      const point = points[index]
      if (point !== undefined) {
        return labyrinthDistance(shape, add(transform(rotation, point), shift), farthest).whole
      }
      const at = 6 + index - points.length
      return (weight * ((values[at] as number) - (start[at] as number))) / (fitted[index - points.length]?.sd as number)
    }
  }
  const { parameterValues } = levenbergMarquardt(
    { x: Array.from({ length: count }, (_, index) => index), y: new Array<number>(count).fill(0) },
    residual,
    {
      initialValues: start,
      minValues: bounds(-1),
      maxValues: bounds(1),
      gradientDifference: [1e-3, 1e-3, 1e-3, 1e-2, 1e-2, 1e-2, ...fitted.map(({ step }) => step)],
      damping: 1e-2,
      maxIterations: 40,
      improvementThreshold: 1e-4
    }
  )
  return unpack(parameterValues)
}

/** The least or greatest values: none of turn and shift, of the rest what is sampled. */
function bounds(sign: 1 | -1): number[] {
  return [
    ...new Array<number>(6).fill(sign * Number.MAX_VALUE),
    ...fitted.map(({ start, sd }) => start + sign * sampleLimit * sd)
  ]
}

/** [turn × 3 (radians about an axis), shift × 3 (mm), then what is fitted of the parameters]. */
function unpack(values: readonly number[]): FittedShape {
  const turn = values.slice(0, 3) as unknown as Vector3
  const angle = norm(turn)
  const mean: ShapeParameters = { ...meanParameters, warp: [0, 0, 0, 0, 0] }
  return {
    parameters: fitted.reduce((parameters, { set }, n) => set(parameters, values[6 + n] as number), mean),
    rotation: rotationAbout(angle === 0 ? [1, 0, 0] : scale(turn, 1 / angle), angle),
    shift: values.slice(3, 6) as unknown as Vector3
  }
}
