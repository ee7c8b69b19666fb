import type { Vector3 } from '../math/vector.ts'

/** A path of voxels that touch in faces, edges or corners. */
export interface VoxelPath {
  /** Numbers of its voxels, the target first. */
  readonly voxels: readonly number[]
  /** Sum of its voxels' costs, each times the length (mm) of the step to it. */
  readonly cost: number
}

/**
 * The cheapest path from any source to any target; label-correcting, which is fast where few voxels can be walked on.
 * @param costs of each voxel per mm, not negative; infinite where no path leads
 * @returns undefined when no path leads to a target
 */
export function cheapestPath(
  costs: Float32Array,
  size: Vector3,
  spacing: Vector3,
  sources: readonly number[],
  targets: readonly number[]
): VoxelPath | undefined {
  const steps = stepsToNeighbours(spacing)
  const [nx, ny, nz] = size
  const reached = new Map<number, { readonly cost: number; readonly from: number | undefined }>()
  for (const source of sources) reached.set(source, { cost: 0, from: undefined })
  const queue = [...reached.keys()]
  for (const at of queue) {
    const { cost } = reached.get(at) as { cost: number }
    const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
    for (const {
      by: [x, y, z],
      length
    } of steps) {
      if (i + x < 0 || i + x >= nx || j + y < 0 || j + y >= ny || k + z < 0 || k + z >= nz) continue
      const next = at + x + nx * (y + ny * z)
      const total = cost + length * (costs[next] as number)
      if (total >= (reached.get(next)?.cost ?? Number.POSITIVE_INFINITY)) continue
      reached.set(next, { cost: total, from: at })
      queue.push(next)
    }
  }
  const ends = targets.flatMap((target) => {
    const end = reached.get(target)
    return end === undefined ? [] : [{ target, cost: end.cost }]
  })
  if (ends.length === 0) return undefined
  const best = ends.reduce((least, end) => (end.cost < least.cost ? end : least))
  const voxels: number[] = []
  for (let at: number | undefined = best.target; at !== undefined; at = reached.get(at)?.from) voxels.push(at)
  return { voxels, cost: best.cost }
}

function stepsToNeighbours([sx, sy, sz]: Vector3): { readonly by: Vector3; readonly length: number }[] {
  const along = [-1, 0, 1]
  return along
    .flatMap((z) => along.flatMap((y) => along.map((x): Vector3 => [x, y, z])))
    .filter((by) => by.some((step) => step !== 0))
    .map((by) => ({ by, length: Math.hypot(by[0] * sx, by[1] * sy, by[2] * sz) }))
}
