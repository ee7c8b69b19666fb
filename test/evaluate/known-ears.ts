import { type MarkedEar, type Observation, type OutlinedEar, observe } from '../../src/cases/observed-ear.ts'
import { outlinesOf } from '../../src/cases/read-labels.ts'
import type { LandmarkId, Side } from '../../src/core/anatomy.ts'
import { createGeometry, type Geometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Volume } from '../../src/core/volume.ts'

/** 20 × 16 × 16 voxels of 1 × 1 × 2 mm. */
export const grid = createGeometry({
  size: [20, 16, 16],
  spacing: [1, 1, 2],
  origin: [10, -20, 30],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1]
})

export interface Block {
  readonly label: number
  /** First voxel. */
  readonly start: Vector3
  /** Voxels along each axis. */
  readonly edge: Vector3
}

/** A label map of blocks. */
export function blocks(bodies: readonly Block[], geometry: Geometry = grid): Volume<Uint8Array> {
  const data = new Uint8Array(voxelCount(geometry))
  const [nx, ny] = geometry.size
  for (const { label, start, edge } of bodies) {
    for (let k = start[2]; k < start[2] + edge[2]; k++) {
      for (let j = start[1]; j < start[1] + edge[1]; j++) {
        for (let i = start[0]; i < start[0] + edge[0]; i++) data[i + nx * (j + ny * k)] = label
      }
    }
  }
  return { geometry, data }
}

export function mark(id: LandmarkId, ...position: Vector3): Landmark {
  return { id, status: 'defined', position, confidence: 1 }
}

/** An ear around a place: landmarks 1 mm beside it along x, y and z. */
export function markedEar(side: Side | null, [x, y, z]: Vector3): MarkedEar {
  return {
    side,
    landmarks: [mark('helicotrema', x + 1, y, z), mark('oval_window', x, y + 1, z), mark('round_window', x, y, z + 1)]
  }
}

/** What a label map in the numbers of the anatomy table, and marks, say of a scan. */
export function seen(labels: Volume<Uint8Array> | null, marked: readonly MarkedEar[]): Observation<OutlinedEar> {
  return observe(labels && outlinesOf(labels, null, 'labels'), marked)
}

export const nothing = seen(null, [])
