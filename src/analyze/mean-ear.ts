import type { LandmarkId, PartId } from '../core/anatomy.ts'
import type { Vector3 } from '../core/vector.ts'

/** The points by which the pose of an ear is told: the three landmarks and the centroids of the three parts. */
export type EarPointId = LandmarkId | PartId

/** Places of ear points in LPS mm; points that were not found are left out. */
export type EarPoints = ReadonlyMap<EarPointId, Vector3>

/**
 * The mean right ear in its own frame (see `EarFrame`), mm. Landmarks: means over 42 bony labyrinths fitted to CT
 * (between-subject SD 0.1–0.3 mm on each axis). Centroids: of the mean skeleton of the same 42 ears, as a smooth union
 * of elliptic tubes and ellipsoids on a 0.1 mm grid, what lies in the vestibule's ellipsoids counted as vestibule.
 */
export const meanEar: Readonly<Record<EarPointId, Vector3>> = {
  helicotrema: [-1.703, 6.132, -3.441],
  oval_window: [1.164, 0.703, -1.206],
  round_window: [0.017, -0.269, -3.718],
  cochlea: [-2.81, 3.63, -3.12],
  vestibule: [-0.07, -0.19, 0.03],
  semicircular_canals: [1.69, -1.9, 2.09]
}

export const earPointIds = Object.keys(meanEar) as readonly EarPointId[]
