import { geometryAround } from '../../core/geometry/geometry.ts'
import { degrees } from '../../core/math/angle.ts'
import { dot, identity3 } from '../../core/math/vector.ts'
import { cochlearPlace, createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { rasteriseLabyrinth } from '../anatomy/labyrinth.ts'
import type { LabyrinthShape, Section } from '../anatomy/shape.ts'
import { trueCochlea } from '../anatomy/true-cochlea.ts'
import { endWall, sectionWall } from '../anatomy/wall.ts'
import { sectionAngles } from '../anatomy/winding.ts'
import { createCanvas } from '../canvas.ts'
import { type CanalWall, measureCanalWall } from './canal-wall.ts'
import { extentsOf } from './extents.ts'
import { triangleOf } from './landmark-triangle.ts'
import type { QuantityId } from './reference.ts'
import { wallPlaces } from './wall-places.ts'

/** One labyrinth's values of what is compared with real ears: mm, mm³ and degrees, as those were measured. */
export function quantitiesOf(shape: LabyrinthShape): Record<QuantityId, number> {
  const places = wallPlaces(shape)
  const superior = measureCanalWall(places.superior, [0.69, -0.73, 0])
  const posterior = measureCanalWall(places.posterior, [0.69, 0.73, 0])
  const lateral = measureCanalWall(places.lateral, [0, 0, 1])
  const [length, width, thickness] = extentsOf(Object.values(places).flat())
  const cochlea = trueCochlea(shape)
  return {
    ...triangleOf(shape),
    volume: volumeOf(shape),
    length,
    width,
    thickness,
    superior_radius: superior.circle.radius,
    posterior_radius: posterior.circle.radius,
    lateral_radius: lateral.circle.radius,
    superior_tube_in_plane: superior.tubeInPlane,
    posterior_tube_in_plane: posterior.tubeInPlane,
    lateral_tube_in_plane: lateral.tubeInPlane,
    superior_tube_across: superior.tubeAcross,
    posterior_tube_across: posterior.tubeAcross,
    lateral_tube_across: lateral.tubeAcross,
    superior_out_of_plane: superior.outOfPlane,
    posterior_out_of_plane: posterior.outOfPlane,
    lateral_out_of_plane: lateral.outOfPlane,
    superior_posterior: planeAngle(superior, posterior),
    superior_lateral: planeAngle(superior, lateral),
    posterior_lateral: planeAngle(posterior, lateral),
    a: cochlea.a,
    b: cochlea.b,
    height: heightOf(shape),
    total_angle: cochlea.totalAngle
  }
}

/** Acute angle (degrees) between the planes of two canals. */
function planeAngle(a: CanalWall, b: CanalWall): number {
  return degrees(Math.acos(Math.min(1, Math.abs(dot(a.circle.normal, b.circle.normal)))))
}

/** The turns' height (mm) along the modiolar axis: from the lowest place of the wall beyond 60° to the cupula. */
function heightOf(shape: LabyrinthShape): number {
  const frame = createCochlearFrame(shape.modiolarAxis, shape.roundWindow)
  const angles = sectionAngles(shape)
  const turns = shape.cochlea.filter((_, n) => (angles[n] as number) > Math.PI / 3)
  const wall = [...turns.flatMap(sectionWall), ...endWall(shape.cochlea.at(-1) as Section)]
  const heights = wall.map((place) => cochlearPlace(frame, place).height)
  return heights.reduce((a, b) => Math.max(a, b)) - heights.reduce((a, b) => Math.min(a, b))
}

/** Edge (mm) of the cells the volume is integrated over; those the wall cuts are counted in part. */
const cell = 0.3

function volumeOf(shape: LabyrinthShape): number {
  const geometry = geometryAround([0, -0.4, 1.1], [57, 64, 60], [cell, cell, cell], identity3)
  const canvas = createCanvas(geometry, { origin: [0, 0, 0], direction: identity3 })
  const { whole } = rasteriseLabyrinth(canvas, shape, 3 * cell)
  return whole.reduce((sum, mm) => sum + Math.max(0, Math.min(1, 0.5 - mm / cell)), 0) * cell ** 3
}
