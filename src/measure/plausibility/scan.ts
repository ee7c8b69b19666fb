import { recordedPart } from '../../analyze/detect/field-of-view.ts'
import { landmarkKinds, parts } from '../../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, voxelIndex, voxelVolume } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { expectedPoint } from '../../ear/pose.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { touchesBorder } from './touches-border.ts'

/** Coarsest voxel edge (mm) at which the canals, 1 to 1.5 mm wide, are still outlined well. */
const coarsest = 0.6

/** From this many HU on nothing in a head is bone or enamel; scanners without an extended scale stop at 3071. */
const minMetal = 3000

/** Metal of less volume (mm³) within reach (mm) of the ear may be noise. */
const metal = { volume: 2, reach: 20 }

/** Flags what the scan itself leaves in doubt: a cut ear, metal near it, coarse voxels. */
export function judgeScan(ear: JudgedEar, scan: Scan): Flag[] {
  const flags: Flag[] = []
  const { side } = ear
  const isRecorded = recordedPart(scan)
  const outside = pointsOutside(ear, scan.geometry, isRecorded)
  if (outside > 0 || touchesBorder(ear.labels, scan.geometry, isRecorded)) {
    const text = `The ${side} ear is cut by the edge of the scan; its volumes are too small.`
    flags.push({
      id: 'incomplete_field_of_view',
      severity: 'warning',
      side,
      text,
      evidence: { points_outside: outside }
    })
  }
  const volume = metalNear(ear, scan, isRecorded)
  if (volume > metal.volume) {
    const text = `There is metal near the ${side} ear: its streaks may have changed the outline.`
    flags.push({ id: 'metal', severity: 'warning', side, text, evidence: { metal_volume: volume } })
  }
  const edge = Math.max(...scan.geometry.spacing)
  if (edge > coarsest) {
    const text = `Voxels of ${edge.toFixed(2)} mm are too coarse to outline the ${side} ear well.`
    flags.push({ id: 'low_resolution', severity: 'note', side, text, evidence: { largest_voxel_edge: edge } })
  }
  return flags
}

/** How many of the mean ear's landmarks and centroids would lie outside what was recorded. */
function pointsOutside({ frame }: JudgedEar, scan: Geometry, isRecorded: (index: Vector3) => boolean): number {
  const toIndex = indexFromWorld(scan)
  return [...landmarkKinds, ...parts].filter(({ id }) => !isRecorded(applyAffine(toIndex, expectedPoint(frame, id))))
    .length
}

/** Volume (mm³) of recorded voxels as dense as metal within reach of the ear's origin. */
function metalNear({ frame }: JudgedEar, { geometry, data }: Scan, isRecorded: (index: Vector3) => boolean): number {
  const [x, y, z] = applyAffine(indexFromWorld(geometry), frame.origin)
  const [dx, dy, dz] = geometry.spacing
  let voxels = 0
  for (let at = 0; at < data.length; at++) {
    if ((data[at] as number) < minMetal) continue
    const index = voxelIndex(geometry.size, at)
    const [i, j, k] = index
    if (Math.hypot((i - x) * dx, (j - y) * dy, (k - z) * dz) <= metal.reach && isRecorded(index)) voxels++
  }
  return voxels * voxelVolume(geometry)
}
