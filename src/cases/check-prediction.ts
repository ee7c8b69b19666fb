import { InputError } from '../core/errors.ts'
import { applyAffine, type Geometry, voxelIndex, worldFromIndex } from '../core/geometry/geometry.ts'
import type { Volume } from '../core/volume.ts'
import type { Observation } from './observed-ear.ts'
import { besideGrid, besideScan, hasAsManyVoxels, mm, otherCoordinates, outsideOf } from './places.ts'
import type { PredictionFiles } from './predictions.ts'

/** A grid that predictions may have, and the file it is of. */
export interface KnownGrid {
  readonly file: string
  readonly geometry: Geometry
}

/**
 * Checks that a prediction lies where the scan and the truth do: elsewhere it would overlap nothing and be taken for a
 * failure of what predicted it. A prediction on a grid of its own may reach beyond both; most of it must not.
 * @param scan its grid, if known
 * @param truth the grid of its labels, if there are any
 * @throws InputError that names the file of the prediction
 */
export function checkPrediction(
  files: Pick<PredictionFiles, 'labels' | 'markups'>,
  { labels, ears }: Observation,
  scan: KnownGrid | undefined,
  truth: KnownGrid | undefined
): void {
  if (labels !== null && files.labels !== null) {
    checkGrid(
      files.labels,
      labels.geometry,
      [scan, truth].filter((grid) => grid !== undefined)
    )
    if (scan !== undefined) checkLabelsInScan(files.labels, labels, scan)
  }
  if (files.markups === null || scan === undefined) return
  const outside = outsideOf(scan.geometry)
  const marks = ears.flatMap(({ landmarks }) =>
    landmarks.flatMap((mark) => ('position' in mark ? [mark.position] : []))
  )
  const nearest = Math.min(...marks.map(outside))
  if (marks.length > 0 && nearest > besideScan) {
    throw new InputError(
      files.markups,
      `puts all landmarks ${mm(nearest)} or more outside ${scan.file}; ${otherCoordinates}`
    )
  }
}

/** Labels of as many voxels as a known grid has are meant to lie on it. */
function checkGrid(file: string, geometry: Geometry, known: readonly KnownGrid[]): void {
  const meant = known.filter((grid) => hasAsManyVoxels(geometry, grid.geometry))
  const apart = meant.map((grid) => besideGrid(geometry, grid.geometry))
  const [first] = meant
  if (first === undefined || apart.includes(0)) return
  throw new InputError(
    file,
    `has as many voxels as ${first.file} and lies up to ${mm(apart[0] as number)} beside it; ${otherCoordinates}`
  )
}

function checkLabelsInScan(file: string, { geometry, data }: Volume<Uint8Array>, scan: KnownGrid): void {
  const [toWorld, outside] = [worldFromIndex(geometry), outsideOf(scan.geometry)]
  let [labelled, beside, farthest] = [0, 0, 0]
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const distance = outside(applyAffine(toWorld, voxelIndex(geometry.size, at)))
    labelled++
    if (distance > besideScan) beside++
    farthest = Math.max(farthest, distance)
  }
  if (beside <= labelled / 2) return
  throw new InputError(file, `outlines what lies up to ${mm(farthest)} outside ${scan.file}; ${otherCoordinates}`)
}
