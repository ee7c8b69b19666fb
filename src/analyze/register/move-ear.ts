import { type Affine, applyAffine, type Geometry } from '../../core/geometry/geometry.ts'
import { dilate } from '../../core/image/dilate.ts'
import { multiply } from '../../core/math/vector.ts'
import { movedGeometry, movedLandmark, movedMesh } from '../../core/move.ts'
import type { Volume } from '../../core/volume.ts'
import { uncalibrated } from '../../network/calibration.ts'
import type { EarFinding } from '../findings.ts'
import type { EarView } from '../segment/ear-view.ts'
import { labelsOnScan } from '../segment/labels-on-scan.ts'
import { occupiedVoxels, predictionOf } from '../segment/occupancy.ts'
import { withinScan } from '../segment/within-scan.ts'

/**
 * An ear that was found in one scan as it lies in another.
 * @param map a rotation and a shift from the world of the first scan to that of the second, LPS mm
 * @param scan the grid of the second
 * @returns undefined where it lies outside the second scan
 */
export function moveEar(ear: EarFinding, map: Affine, scan: Geometry): EarFinding | undefined {
  const { labyrinth, parts } = ear.surfaces
  const view = movedView(ear, map)
  const labels = labelsOf(view, scan)
  if (labels === undefined) return undefined
  return {
    ...ear,
    ...view,
    landmarks: view.landmarks.map((landmark) => withinScan(landmark, scan)),
    labels,
    repeats: ear.repeats.map((repeat) => movedView(repeat, map)),
    surfaces: {
      labyrinth: movedMesh(labyrinth, map),
      parts: {
        cochlea: movedMesh(parts.cochlea, map),
        vestibule: movedMesh(parts.vestibule, map),
        semicircular_canals: movedMesh(parts.semicircular_canals, map)
      }
    }
  }
}

function movedView<V extends EarView>(view: V, map: Affine): V {
  const { frame, landmarks, occupancy } = view
  return {
    ...view,
    frame: {
      side: frame.side,
      origin: applyAffine(map, frame.origin),
      direction: multiply(map.matrix, frame.direction)
    },
    landmarks: landmarks.map((landmark) => movedLandmark(landmark, map)),
    occupancy: { geometry: movedGeometry(occupancy.geometry, map), parts: occupancy.parts }
  }
}

function labelsOf({ occupancy, calibration }: EarView, scan: Geometry): Volume<Uint8Array> | undefined {
  const { logitBias } = calibration ?? uncalibrated
  // With the voxels around it, where a share of 0 is as far from even as one of 1, so that the boundary stays half way.
  const mask = dilate(occupiedVoxels(occupancy), occupancy.geometry.size, 1)
  return labelsOnScan(predictionOf(occupancy, logitBias), mask, scan)
}
