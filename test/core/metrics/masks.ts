import type { Vector3 } from '../../../src/core/math/vector.ts'
import type { MaskPair } from '../../../src/core/metrics/mask-pair.ts'

/** mm, in the grid's own frame. */
export interface Ellipsoid {
  readonly center: Vector3
  readonly radii: Vector3
}

/** 1 at the voxel centres inside any of the bodies. */
export function rasterise(bodies: readonly Ellipsoid[], size: Vector3, spacing: Vector3): Uint8Array {
  return Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, at) => {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))] as const
    const inside = ({ center, radii }: Ellipsoid): boolean =>
      ([0, 1, 2] as const).reduce<number>(
        (sum, axis) => sum + ((index[axis] * spacing[axis] - center[axis]) / radii[axis]) ** 2,
        0
      ) <= 1
    return bodies.some(inside) ? 1 : 0
  })
}

/** 1 in the box of voxels from `start`. */
export function box(size: Vector3, start: Vector3, edge: Vector3): Uint8Array {
  return Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, at) => {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))] as const
    return ([0, 1, 2] as const).every((n) => index[n] >= start[n] && index[n] < start[n] + edge[n]) ? 1 : 0
  })
}

export function swapped(pair: MaskPair): MaskPair {
  return { ...pair, predicted: pair.truth, truth: pair.predicted }
}
