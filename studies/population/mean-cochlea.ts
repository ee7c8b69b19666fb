/**
 * The tables of src/ear/mean-cochlea.json: `npx tsx studies/population/mean-cochlea.ts` prints, in the frame of a right ear,
 * mm and degrees, the modiolar axis of the generator's mean labyrinth; and of the population's mean, before its cochlea is
 * scaled and wound on as the generator does, its tube cut every 20° about the axis from the round window, and the tube's
 * lateral wall at the same angles.
 */
import { radians } from '../../src/core/math/angle.ts'
import { rounded, triple } from '../../src/core/math/rounded.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { cochlearPlace, createCochlearFrame } from '../../src/ear/cochlear-coordinates.ts'
import { createShape, createTurns } from '../../src/generate/anatomy/create-shape.ts'
import { createSkeleton } from '../../src/generate/anatomy/skeleton.ts'
import { lateralPlace, trueCochlea } from '../../src/generate/anatomy/true-cochlea.ts'
import { windingAngles } from '../../src/generate/anatomy/winding.ts'
import { meanParameters, type ShapeParameters } from '../../src/generate/sample/shape-parameters.ts'
import { interpolate } from '../../src/implant/tonotopy.ts'

const rowStep = 20

/** One place along the tube. */
interface Row {
  /** Radians about the axis. */
  readonly angle: number
  readonly values: readonly number[]
}

const ofPopulation: ShapeParameters = { ...meanParameters, winding: 0, cochlea: { size: 1, turn: [0, 0] } }
const skeleton = createSkeleton(ofPopulation)
const frame = createCochlearFrame(skeleton.modiolarAxis, skeleton.roundWindow)
const turns = createTurns(skeleton)
const { totalAngle, height } = trueCochlea({
  ...createShape(ofPopulation),
  cochlea: turns,
  roundWindow: skeleton.roundWindow
})
const axis = createSkeleton(meanParameters).modiolarAxis

process.stdout.write(
  `${JSON.stringify({
    axis: { point: triple(axis.point, 2), direction: triple(axis.direction, 3) },
    totalAngle: Math.round(totalAngle),
    height: rounded(height, 2),
    rowStep,
    wall: everyStep(wallRows(), Math.floor(totalAngle / rowStep)),
    sections: everyStep(sectionRows(), Math.ceil(totalAngle / rowStep))
  })}\n`
)

/** [radius, height] of the lateral wall. */
function wallRows(): Row[] {
  const angles = windingAngles(
    turns.map(({ center }) => center),
    frame
  )
  return turns.map((section, n) => {
    const { angle, radius, height } = lateralPlace(section, frame, angles[n] as number)
    return { angle, values: [radius, height] }
  })
}

/** [radius, height, rr, rz, zz] of the tube's sections. */
function sectionRows(): Row[] {
  const centers = skeleton.cochlea.map(([x, y, z]) => [x, y, z] as unknown as Vector3)
  const angles = windingAngles(centers, frame)
  return centers.map((center, n) => {
    const { radius, height } = cochlearPlace(frame, center)
    return { angle: angles[n] as number, values: [radius, height, ...(skeleton.cochlea[n] as number[]).slice(3)] }
  })
}

/** Rows at whole steps, between the two nearest; beyond the tube's end, its end. */
function everyStep(rows: readonly Row[], last: number): number[][] {
  const angles = rows.map(({ angle }) => angle)
  const columns = (rows[0] as Row).values.map((_, at) => rows.map(({ values }) => values[at] as number))
  return Array.from({ length: last + 1 }, (_, n) =>
    columns.map((values) => rounded(interpolate(angles, values, radians(n * rowStep)), 2))
  )
}
