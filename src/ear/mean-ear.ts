import type { LandmarkId, PartId } from '../core/anatomy.ts'
import type { Vector3 } from '../core/math/vector.ts'
import data from './mean-ear.json' with { type: 'json' }

/** The points by which the pose of an ear is determined: the three landmarks and the centroids of the three parts. */
export type EarPointId = LandmarkId | PartId

/** Places of ear points in LPS mm; points that were not found are left out. */
export type EarPoints = ReadonlyMap<EarPointId, Vector3>

/**
 * The mean right ear in its own frame (see `EarFrame`), mm: the landmarks and, on a 0.1 mm grid, the parts' centroids
 * of the mean labyrinth that is generated (means of 42 bony labyrinths fitted to CT, the windows where 70 clicked triples
 * put them; between-subject SD 0.1–0.4 mm on each axis).
 */
export const meanEar = data.points as unknown as Readonly<Record<EarPointId, Vector3>>

export const earPointIds = Object.keys(meanEar) as readonly EarPointId[]
