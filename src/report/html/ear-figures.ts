import type { EarFinding } from '../../analyze/findings.ts'
import { landmarkKinds } from '../../core/anatomy.ts'
import type { EarFrame } from '../../core/ear-frame.ts'
import { add, column, cross, normalize, scale, subtract, type Vector3 } from '../../core/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { cochlearAxis } from '../picture/cochlear-axis.ts'
import { bodyViews, obliquePlane, type Plane } from '../picture/plane.ts'
import { sliceFigure, surfaceFigure } from './figure.ts'

/** Edges of the pictures, mm, and their size in pixels. */
const space = { edge: 23, pixels: 440 }
const oblique = { edge: 20, pixels: 300 }
const closeUp = { edge: 14, pixels: 160 }

/** The ear in space from two sides. */
export function spaceFigures(ear: EarFinding): string {
  const { frame } = ear
  const [lateral, anterior, superior] = [
    column(frame.direction, 0),
    column(frame.direction, 1),
    column(frame.direction, 2)
  ]
  const center = inFrame(frame, [0, 0.5, 1.2])
  const fromSide = normalize(add(lateral, add(scale(anterior, 0.35), scale(superior, 0.2))))
  const views = [
    surfaceFigure(ear, seenFrom(center, fromSide, superior), 'From the side', space.pixels),
    surfaceFigure(ear, seenFrom(center, superior, anterior), 'From above', space.pixels)
  ]
  return `<div class="pair">${views.join('')}</div>`
}

/** Oblique slices: across and along the cochlea's axis, along and across the superior canal. */
export function obliqueFigures(scan: Scan, ear: EarFinding): string {
  const { frame } = ear
  const [helicotrema, , roundWindow] = ear.landmarks.map((landmark) =>
    landmark.status === 'defined' ? landmark.position : undefined
  )
  const slice = (center: Vector3, normal: Vector3, caption: string): string =>
    sliceFigure(scan, ear, obliquePlane(center, normal, oblique.edge), caption, oblique.pixels)
  const figures: string[] = []
  const axis = cochlearAxis(ear.surfaces.parts.cochlea, helicotrema)
  if (axis !== undefined) {
    const basal = roundWindow ?? axis.center
    figures.push(slice(basal, axis.direction, 'Cochlear view, through the basal turn'))
    const alongTurn = subtract(basal, axis.center)
    const outward = roundWindow === undefined ? column(frame.direction, 2) : alongTurn
    figures.push(slice(axis.center, normalize(cross(axis.direction, outward)), 'Along the axis of the cochlea'))
  }
  const [lateral, anterior] = [column(frame.direction, 0), column(frame.direction, 1)]
  const center = inFrame(frame, [0, 0, 2])
  // The petrous bone runs at about 45° to the body's planes.
  figures.push(slice(center, normalize(subtract(anterior, lateral)), 'Pöschl plane'))
  figures.push(slice(center, normalize(add(anterior, lateral)), 'Stenvers plane'))
  return `<div class="pair slices">${figures.join('')}</div>`
}

/** Axial, coronal and sagittal slices through each landmark. */
export function landmarkFigures(scan: Scan, ear: EarFinding): string {
  const rows = landmarkKinds.map(({ id, name }) => {
    const landmark = ear.landmarks.find((candidate) => candidate.id === id)
    if (landmark?.status !== 'defined') return `<div><h4>${name}</h4><p class="faint">was not found.</p></div>`
    const figures = bodyViews.map(({ name: view, across, down }) =>
      sliceFigure(scan, ear, { center: landmark.position, across, down, edge: closeUp.edge }, view, closeUp.pixels)
    )
    return `<div><h4>${name}</h4><div class="triple">${figures.join('')}</div></div>`
  })
  return rows.join('')
}

function seenFrom(center: Vector3, towardsViewer: Vector3, up: Vector3): Plane {
  const across = normalize(cross(up, towardsViewer))
  return { center, across, down: normalize(cross(across, towardsViewer)), edge: space.edge }
}

/** LPS mm of a point in an ear's own frame. */
function inFrame({ origin, direction }: EarFrame, [x, y, z]: Vector3): Vector3 {
  const along = add(scale(column(direction, 0), x), add(scale(column(direction, 1), y), scale(column(direction, 2), z)))
  return add(origin, along)
}
