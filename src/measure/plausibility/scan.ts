import { landmarkKinds, parts } from '../../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, voxelVolume } from '../../core/geometry/geometry.ts'
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

/**
 * Flags what the scan itself leaves in doubt: a cut ear, metal near it, coarse voxels.
 * @param isRecorded of `recordedPart`: whether an index of the scan lies where it was recorded
 */
export function judgeScan(ear: JudgedEar, scan: Scan, isRecorded: (index: Vector3) => boolean): Flag[] {
  const flags: Flag[] = []
  const { side } = ear
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
  const { size, spacing } = geometry
  const [x, y, z] = applyAffine(indexFromWorld(geometry), frame.origin)
  const from = (middle: number, axis: 0 | 1 | 2): number => Math.max(0, Math.ceil(middle - metal.reach / spacing[axis]))
  const to = (middle: number, axis: 0 | 1 | 2): number =>
    Math.min(size[axis] - 1, Math.floor(middle + metal.reach / spacing[axis]))
  let voxels = 0
  for (let k = from(z, 2); k <= to(z, 2); k++) {
    for (let j = from(y, 1); j <= to(y, 1); j++) {
      const row = size[0] * (j + size[1] * k)
      for (let i = from(x, 0); i <= to(x, 0); i++) {
        if ((data[row + i] as number) < minMetal) continue
        const away = Math.hypot((i - x) * spacing[0], (j - y) * spacing[1], (k - z) * spacing[2])
        if (away <= metal.reach && isRecorded([i, j, k])) voxels++
      }
    }
  }
  return voxels * voxelVolume(geometry)
}
