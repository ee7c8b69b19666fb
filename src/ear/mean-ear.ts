import type { LandmarkId, PartId } from '../core/anatomy.ts'
import type { Vector3 } from '../core/math/vector.ts'

/** The points by which the pose of an ear is told: the three landmarks and the centroids of the three parts. */
export type EarPointId = LandmarkId | PartId

/** Places of ear points in LPS mm; points that were not found are left out. */
export type EarPoints = ReadonlyMap<EarPointId, Vector3>

/**
 * The mean right ear in its own frame (see `EarFrame`), mm: the landmarks and, on a 0.1 mm grid, the parts' centroids
 * of the mean labyrinth that is generated (means of 42 bony labyrinths fitted to CT, the windows where 70 clicked triples
 * put them; between-subject SD 0.1–0.4 mm on each axis).
 */
export const meanEar: Readonly<Record<EarPointId, Vector3>> = {
  helicotrema: [-1.72, 6.154, -3.422],
  oval_window: [1.313, 0.853, -1.269],
  round_window: [0.267, -0.229, -3.697],
  cochlea: [-2.854, 3.674, -3.105],
  vestibule: [-0.073, -0.193, 0.029],
  semicircular_canals: [1.685, -1.898, 2.095]
}

export const earPointIds = Object.keys(meanEar) as readonly EarPointId[]
