import { applyAffine, type Geometry, voxelCount, voxelIndex, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { distance, type Vector3 } from '../../src/core/math/vector.ts'
import type { Scan, Volume } from '../../src/core/volume.ts'

/** Balls of air in bone, mm, about the world's origin. */
export interface Cell {
  readonly middle: Vector3
  readonly radius: number
}

/** The cells of one bone; another seed is another bone. */
export function cellsOf(seed: number): Cell[] {
  const random = createRandom(seed)
  return Array.from({ length: 60 }, () => ({
    middle: [random.uniform(-12, 12), random.uniform(-12, 12), random.uniform(-12, 12)],
    radius: random.uniform(0.8, 2.2)
  }))
}

/**
 * A scan with noise of a bone with these cells and the fluid of an ear in it.
 * @param place where a place of the scan lies in the bone
 * @param labels of the ear in the bone
 * @param metal balls of radius 0.6 mm, in the bone
 */
export function scanOfBone(
  geometry: Geometry,
  cells: readonly Cell[],
  place: (of: Vector3) => Vector3,
  labels?: Volume<Uint8Array>,
  metal: readonly Vector3[] = []
): Scan {
  const random = createRandom(geometry.size[0])
  const toWorld = worldFromIndex(geometry)
  const ear = labels && labelAt(labels)
  const data = Int16Array.from({ length: voxelCount(geometry) }, (_, at) => {
    const here = place(applyAffine(toWorld, voxelIndex(geometry.size, at)))
    const noise = random.normal(0, 60)
    if (metal.some((ball) => distance(ball, here) < 0.6)) return 3071
    if (ear?.(here)) return 50 + noise
    let depth = 1
    for (const { middle, radius } of cells) {
      if (Math.abs(middle[0] - here[0]) < radius + 1) depth = Math.min(depth, distance(middle, here) - radius)
    }
    // A wall is blurred over 0.6 mm.
    return -900 + 2400 * Math.max(0, Math.min(1, 0.5 + depth / 0.6)) + noise
  })
  return { geometry, data }
}

function labelAt({ geometry, data }: Volume<Uint8Array>): (place: Vector3) => number {
  const [nx, ny, nz] = geometry.size
  const { origin, spacing } = geometry
  return ([x, y, z]) => {
    const [i, j, k] = [x - origin[0], y - origin[1], z - origin[2]].map((mm, n) =>
      Math.round(mm / (spacing[n] as number))
    ) as [number, number, number]
    const isInside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
    return isInside ? (data[i + nx * (j + ny * k)] as number) : 0
  }
}
