import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { cochlearPlace, createCochlearFrame } from '../../core/cochlear-coordinates.ts'
import { geometryAround } from '../../core/geometry.ts'
import { distance, dot, identity3, norm, scale, subtract, type Vector3 } from '../../core/vector.ts'
import { drawLabyrinth, labelsOf } from '../anatomy/labyrinth.ts'
import type { LabyrinthShape, Section } from '../anatomy/shape.ts'
import { trueCochlea } from '../anatomy/true-cochlea.ts'
import { endWall, sectionWall } from '../anatomy/wall.ts'
import { windingAngles } from '../anatomy/winding.ts'
import { createCanvas } from '../canvas.ts'
import { measureCanalWall } from './canal-wall.ts'
import { wallPlaces } from './wall-places.ts'

/** What is compared, of one shape: mm, mm³ and degrees by quantity. */
export function quantitiesOf(shape: LabyrinthShape): Record<string, number> {
  const { helicotrema, ovalWindow, roundWindow } = shape
  const places = wallPlaces(shape)
  const anterior = measureCanalWall(places.anterior, [0.69, -0.73, 0])
  const posterior = measureCanalWall(places.posterior, [0.69, 0.73, 0])
  const lateral = measureCanalWall(places.lateral, [0, 0, 1])
  const cochlea = trueCochlea(shape)
  const extents = (name: string, of: readonly Vector3[]): Record<string, number> =>
    Object.fromEntries(extentsOf(of).map((mm, n) => [`${name}_extent_${n + 1}`, mm]))
  const canal = (name: string, wall: typeof anterior): Record<string, number> => ({
    [`${name}_radius`]: wall.circle.radius,
    [`${name}_tube_in_plane`]: wall.tubeInPlane,
    [`${name}_tube_across`]: wall.tubeAcross,
    [`${name}_out_of_plane`]: wall.outOfPlane
  })
  return {
    helicotrema_oval: distance(helicotrema, ovalWindow),
    helicotrema_round: distance(helicotrema, roundWindow),
    oval_round: distance(ovalWindow, roundWindow),
    angle_at_oval: angleAt(ovalWindow, helicotrema, roundWindow),
    angle_at_round: angleAt(roundWindow, helicotrema, ovalWindow),
    angle_at_helicotrema: angleAt(helicotrema, ovalWindow, roundWindow),
    ...volumesOf(shape),
    ...extents('labyrinth', Object.values(places).flat()),
    ...canal('anterior', anterior),
    ...canal('posterior', posterior),
    ...canal('lateral', lateral),
    anterior_posterior: planeAngle(anterior.circle.normal, posterior.circle.normal),
    anterior_lateral: planeAngle(anterior.circle.normal, lateral.circle.normal),
    posterior_lateral: planeAngle(posterior.circle.normal, lateral.circle.normal),
    a: cochlea.a,
    b: cochlea.b,
    height: heightOf(shape),
    total_angle: cochlea.totalAngle
  }
}

/** Angle (degrees) of a triangle at its corner. */
function angleAt(corner: Vector3, a: Vector3, b: Vector3): number {
  const [u, v] = [subtract(a, corner), subtract(b, corner)]
  return degrees(Math.acos(dot(u, v) / (norm(u) * norm(v))))
}

/** Acute angle (degrees) between planes of these unit normals. */
function planeAngle(a: Vector3, b: Vector3): number {
  return degrees(Math.acos(Math.min(1, Math.abs(dot(a, b)))))
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}

/** Extents (mm) along the principal axes, the longest first. */
function extentsOf(places: readonly Vector3[]): number[] {
  const middle = scale(
    places.reduce<Vector3>((sum, place) => [sum[0] + place[0], sum[1] + place[1], sum[2] + place[2]], [0, 0, 0]),
    1 / places.length
  )
  const offsets = new Matrix(places.map((place) => [...subtract(place, middle)]))
  const { eigenvectorMatrix } = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {
    assumeSymmetric: true
  })
  const along = offsets.mmul(eigenvectorMatrix)
  return [2, 1, 0].map((axis) => {
    const column = along.getColumn(axis)
    return column.reduce((a, b) => Math.max(a, b)) - column.reduce((a, b) => Math.min(a, b))
  })
}

/** The turns' height (mm) along the modiolar axis: from the lowest place of the basal turn's wall to the cupula. */
function heightOf({ cochlea, modiolarAxis, roundWindow }: LabyrinthShape): number {
  const frame = createCochlearFrame(modiolarAxis, roundWindow)
  const angles = windingAngles(
    cochlea.map(({ center }) => center),
    frame
  )
  const turns = cochlea.filter((_, n) => (angles[n] as number) > Math.PI / 3)
  const heights = [...turns.flatMap(sectionWall), ...endWall(cochlea.at(-1) as Section)].map(
    (place) => cochlearPlace(frame, place).height
  )
  return heights.reduce((a, b) => Math.max(a, b)) - heights.reduce((a, b) => Math.min(a, b))
}

/** Edge (mm) of the cells a volume is integrated over. */
const cell = 0.3

function volumesOf(shape: LabyrinthShape): Record<string, number> {
  const geometry = geometryAround([0, -0.4, 1.1], [57, 64, 60], [cell, cell, cell], identity3)
  const canvas = createCanvas(geometry, { origin: [0, 0, 0], direction: identity3 })
  const field = drawLabyrinth(canvas, shape, 0.9)
  const labels = labelsOf({ ...field, whole: field.whole.map((mm) => mm - cell / 2) })
  const share = field.whole.map((mm) => Math.max(0, Math.min(1, 0.5 - mm / cell)))
  const of = (label: number) => share.reduce((sum, s, n) => sum + (labels[n] === label ? s : 0), 0) * cell ** 3
  const [c, v, k] = [of(1), of(2), of(3)] as [number, number, number]
  return { volume: c + v + k, cochlea_volume: c, vestibule_volume: v, canals_volume: k }
}
