/** The quantities of a generated ear as its parametric anatomy has them: no label map is involved. */
import { partLabel } from '../../src/core/anatomy.ts'
import { geometryAround, voxelVolume } from '../../src/core/geometry.ts'
import { add, dot, identity3, scale, subtract, type Vector3 } from '../../src/core/vector.ts'
import { ellipsoidDistance, labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { drawLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { cochlearPlace, createCochlearFrame } from '../../src/measure/cochlear-coordinates.ts'
import { type CochlearSize, measureCochlea } from '../../src/measure/cochlear-size.ts'
import { type Circle, fitCircle } from '../../src/measure/fit-circle.ts'

/** Sizes about the parametric modiolar axis, their ends on the parametric walls. */
export function trueCochlea(shape: LabyrinthShape): CochlearSize {
  const { point, direction } = shape.modiolarAxis
  const along = dot(subtract(shape.roundWindow, point), direction)
  const frame = createCochlearFrame({ point: add(point, scale(direction, along)), direction }, shape.roundWindow)
  const inside = (place: Vector3): number => {
    const { cochlea, vestibule } = labyrinthDistance(shape, place, 1)
    return vestibule <= 0 ? -1 : -cochlea
  }
  return measureCochlea(inside, frame, cochlearPlace(frame, shape.roundWindow).radius)
}

/** The circle of a canal's parametric centreline outside the vestibule. */
export function trueCanal(shape: LabyrinthShape, canal: number, towards: Vector3): Circle {
  const centers = (shape.canals[canal] ?? []).map(({ center }) => center)
  return fitCircle(
    centers.filter((place) => isOutsideVestibule(shape, place)),
    towards
  )
}

function isOutsideVestibule({ vestibule }: LabyrinthShape, place: Vector3): boolean {
  return vestibule.every((body) => {
    const [x, y, z] = subtract(place, body.center)
    return ellipsoidDistance(body, x, y, z) > 0
  })
}

/** Volumes (mm³) by label: the parametric shape integrated over cells of 0.1 mm, those the wall cuts counted in part. */
export function trueVolumes(shape: LabyrinthShape): number[] {
  const cell = 0.1
  const geometry = geometryAround([0, 0, 1], [200, 200, 180], [cell, cell, cell], identity3)
  const canvas = createCanvas(geometry, { side: 'right', origin: [0, 0, 0], direction: identity3 })
  const field = drawLabyrinth(canvas, shape, 0.5)
  const volumes = [0, 0, 0, 0]
  for (let at = 0; at < field.whole.length; at++) {
    const share = Math.max(0, Math.min(1, 0.5 - (field.whole[at] as number) / cell))
    if (share === 0) continue
    const [cochlea, vestibule, canals] = [field.cochlea[at], field.vestibule[at], field.canals[at]] as [
      number,
      number,
      number
    ]
    const tube = cochlea <= canals ? partLabel.cochlea : partLabel.semicircular_canals
    const label = vestibule <= 0 ? partLabel.vestibule : tube
    volumes[label] = (volumes[label] as number) + share * voxelVolume(geometry)
  }
  return volumes
}
