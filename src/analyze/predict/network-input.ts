import {
  boundsUnder,
  composeAffine,
  type Geometry,
  geometryAround,
  worldFromIndex
} from '../../core/geometry/geometry.ts'
import { type Outside, resample } from '../../core/geometry/resample.ts'
import { add, identity3, type Matrix3, transform, transpose, type Vector3 } from '../../core/math/vector.ts'
import type { Scan, Volume } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { Network } from '../model.ts'

/** A scan on another grid. What lies beyond it is unknown, not air: its outermost voxels are repeated there by default. */
export function imageOn(scan: Scan, grid: Geometry, outside: Outside = 'nearest'): Volume<Float32Array> {
  return resample(scan, grid, outside)
}

/** A detector's grid around a point (LPS mm), its axes those of the world, or the columns of `axes`. */
export function worldGrid({ metadata: { grid } }: Network, center: Vector3, axes: Matrix3 = identity3): Geometry {
  return geometryAround(center, grid.size, cube(grid.spacing), axes)
}

/** A segmenter's grid as it lies in the world when the ear lies in `frame`. */
export function earGrid({ metadata: { grid } }: Network, frame: EarFrame): Geometry {
  const center = add(frame.origin, transform(frame.direction, grid.center))
  return geometryAround(center, grid.size, cube(grid.spacing), frame.direction)
}

/** A grid of a detector's spacing over the box around a scan, along the world's axes or others, one window at least. */
export function coveringGrid({ metadata: { grid } }: Network, scan: Geometry, axes: Matrix3 = identity3): Geometry {
  const [x, y, z] = scan.size
  const fromIndex = composeAffine({ matrix: transpose(axes), offset: [0, 0, 0] }, worldFromIndex(scan))
  const { low, high } = boundsUnder(fromIndex, [-0.5, -0.5, -0.5], [x - 0.5, y - 0.5, z - 0.5])
  const voxels = (axis: 0 | 1 | 2): number =>
    Math.max(grid.size[axis], Math.ceil((high[axis] - low[axis]) / grid.spacing))
  const middle = (axis: 0 | 1 | 2): number => (low[axis] + high[axis]) / 2
  return geometryAround(
    transform(axes, [middle(0), middle(1), middle(2)]),
    [voxels(0), voxels(1), voxels(2)],
    cube(grid.spacing),
    axes
  )
}

function cube(edge: number): Vector3 {
  return [edge, edge, edge]
}
