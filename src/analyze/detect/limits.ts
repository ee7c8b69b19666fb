import { NoEarError, ResourceError } from '../../core/errors.ts'
import { extentOf, type Geometry, voxelCount } from '../../core/geometry/geometry.ts'
import { checkResolution } from '../../io/check-scan.ts'
import { withNotes } from '../../io/noted-error.ts'
import type { Findings } from '../findings.ts'

/** A scan shorter than this (mm) along any edge cannot hold a labyrinth, which measures 9.2 mm where it is thinnest. */
const shortestEdge = 9

/** Most voxels of the detector's grid over a whole scan; at 0.8 mm a cube of 32 cm, and about 1 GiB. */
const maxSearchedVoxels = 64e6

/** @throws NoEarError when no inner ear could be seen in a scan of this geometry, whatever it shows */
export function assertCanShowEar(scan: Geometry): void {
  checkResolution(scan.spacing)
  const edges = extentOf(scan)
  if (Math.min(...edges) < shortestEdge) {
    const covered = edges.map((mm) => Number(mm.toFixed(1))).join(' × ')
    throw new NoEarError(
      `the scan covers only ${covered} mm, too little to hold an inner ear; use a wider field of view`
    )
  }
}

/** @throws ResourceError when the grid that would be searched is too large for the memory at hand */
export function assertSearchable(grid: Geometry): void {
  if (voxelCount(grid) <= maxSearchedVoxels) return
  const centimetres = extentOf(grid).map((mm) => Math.round(mm / 10))
  throw new ResourceError(
    `searching ${centimetres.join(' × ')} cm for ears needs too much memory; crop the scan to the head`
  )
}

/**
 * What an analysis finds: one ear at least.
 * @param notes what was noted when the scan was read
 * @throws NoEarError, with the notes, when there is no ear or could be none
 */
export async function earsFound(analysis: Promise<Findings>, notes: readonly string[]): Promise<Findings> {
  try {
    const findings = await analysis
    assertEarFound(findings)
    return findings
  } catch (error) {
    throw withNotes(error, notes)
  }
}

function assertEarFound({ ears, labels: { geometry } }: Findings): void {
  if (ears.length > 0) return
  const voxel = geometry.spacing.map((mm) => Number(mm.toFixed(2))).join(' × ')
  throw new NoEarError(
    `no inner ear was found (voxels of ${voxel} mm); check that it is a CT in Hounsfield units that shows the inner ear`
  )
}
