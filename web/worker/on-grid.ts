import {
  type Affine,
  applyAffine,
  type Geometry,
  indexFromIndex,
  voxelCount
} from '../../src/core/geometry/geometry.ts'
import { resample } from '../../src/core/geometry/resample.ts'
import { movedGeometry } from '../../src/core/move.ts'
import type { Scan, Volume } from '../../src/core/volume.ts'
import { encodeView } from './ear-view.ts'

/** Hounsfield units outside the scan. */
const air = -1000

/** A scan and its labels as a viewer wants them. */
export interface ImageOnGrid {
  /** A NIfTI file. */
  readonly image: Uint8Array
  readonly labels: Uint8Array
}

/**
 * A scan and its labels on a grid of another world.
 * @param toScan from that world to the scan's, LPS mm: a rotation and a shift
 */
export function onGrid(scan: Scan, labels: Volume<Uint8Array>, grid: Geometry, toScan: Affine): ImageOnGrid {
  const there = movedGeometry(grid, toScan)
  const { data } = resample(scan, there, air)
  return { image: encodeView({ geometry: grid, data }, { box: grid, grid }), labels: nearestLabels(labels, there) }
}

function nearestLabels({ data, geometry }: Volume<Uint8Array>, target: Geometry): Uint8Array {
  const map = indexFromIndex(target, geometry)
  const [nx, ny, nz] = geometry.size
  const result = new Uint8Array(voxelCount(target))
  let at = 0
  for (let z = 0; z < target.size[2]; z++) {
    for (let y = 0; y < target.size[1]; y++) {
      for (let x = 0; x < target.size[0]; x++, at++) {
        const [i, j, k] = applyAffine(map, [x, y, z]).map(Math.round) as [number, number, number]
        const isInside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
        if (isInside) result[at] = data[i + nx * (j + ny * k)] as number
      }
    }
  }
  return result
}
