import { boundsUnder, type Geometry, geometryAround, worldFromIndex } from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import { add, identity3, transform, type Vector3 } from '../../core/math/vector.ts'
import type { Scan, Volume } from '../../core/volume.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import type { Network } from '../model.ts'

/** A scan on another grid. What lies beyond it is unknown, not air: its outermost voxels are repeated there. */
export function imageOn(scan: Scan, grid: Geometry): Volume<Float32Array> {
  return resample(scan, grid, 'nearest')
}

/** A detector's grid around a point (LPS mm), its axes those of the world. */
export function worldGrid({ metadata: { grid } }: Network, center: Vector3): Geometry {
  return geometryAround(center, grid.size, cube(grid.spacing), identity3)
}

/** An segmenter's grid as it lies in the world when the ear lies in `frame`. */
export function earGrid({ metadata: { grid } }: Network, frame: EarFrame): Geometry {
  const center = add(frame.origin, transform(frame.direction, grid.center))
  return geometryAround(center, grid.size, cube(grid.spacing), frame.direction)
}

/** A grid of a detector's spacing over the box around a scan, along the axes of the world, one window at least. */
export function coveringGrid({ metadata: { grid } }: Network, scan: Geometry): Geometry {
  const [x, y, z] = scan.size
  const { low, high } = boundsUnder(worldFromIndex(scan), [-0.5, -0.5, -0.5], [x - 0.5, y - 0.5, z - 0.5])
  const voxels = (axis: 0 | 1 | 2): number =>
    Math.max(grid.size[axis], Math.ceil((high[axis] - low[axis]) / grid.spacing))
  const middle = (axis: 0 | 1 | 2): number => (low[axis] + high[axis]) / 2
  return geometryAround(
    [middle(0), middle(1), middle(2)],
    [voxels(0), voxels(1), voxels(2)],
    cube(grid.spacing),
    identity3
  )
}

function cube(edge: number): Vector3 {
  return [edge, edge, edge]
}
