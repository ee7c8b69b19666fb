import { NoEarError, ResourceError } from '../core/errors.ts'
import { extentOf, type Geometry, voxelCount } from '../core/geometry.ts'

/** Voxels longer than this (mm) cannot show an inner ear: the canals are about 1 mm wide, the turns 2 mm apart. */
export const coarsestSpacing = 1.5

/** A scan shorter than this (mm) along any edge cannot hold a labyrinth, which measures about 13 × 15 × 14 mm. */
const shortestEdge = 12

/** Most voxels of the finder's grid over a whole scan; at 0.8 mm a cube of 38 cm. */
const mostSearchedVoxels = 110e6

/** @throws NoEarError when no inner ear could be seen in a scan of this geometry, whatever it shows */
export function assertCanShowEar(scan: Geometry): void {
  const millimetres = (lengths: readonly number[]): string =>
    `${lengths.map((mm) => Number(mm.toFixed(2))).join(' × ')} mm`
  const coarsest = Math.max(...scan.spacing)
  if (coarsest > coarsestSpacing) {
    throw new NoEarError(
      `voxels of ${millimetres(scan.spacing)} are too thick to show an inner ear (at most ${coarsestSpacing} mm); ` +
        'use slices of 0.6 mm or less'
    )
  }
  if (Math.min(...extentOf(scan)) < shortestEdge) {
    throw new NoEarError(
      `the scan covers only ${millimetres(extentOf(scan))}, too little to hold an inner ear; use a wider field of view`
    )
  }
}

/** @throws ResourceError when the grid that would be searched is too large for the memory at hand */
export function assertSearchable(grid: Geometry): void {
  if (voxelCount(grid) <= mostSearchedVoxels) return
  const centimetres = extentOf(grid).map((mm) => Math.round(mm / 10))
  throw new ResourceError(
    `searching ${centimetres.join(' × ')} cm for ears needs too much memory; crop the scan to the head`
  )
}
