import { applyAffine, type Geometry, indexFromWorld } from '../../src/core/geometry/geometry.ts'
import { distance, type Vector3 } from '../../src/core/math/vector.ts'
import type { LabelChange } from '../corrections.ts'
import type { Plane } from '../viewer/viewer.ts'

/** Axis of the grid that runs through each plane. */
export const through = { axial: 2, coronal: 1, sagittal: 0 } as const satisfies Record<Plane, 0 | 1 | 2>

/** What a stroke is drawn with. */
export interface BrushTip {
  /** A disc in the slice, one voxel thick, or a ball. */
  readonly shape: 'disc' | 'ball'
  /** Diameter, mm in the world. */
  readonly diameter: number
  /** The label painted; 0 erases. */
  readonly to: number
  /** Which voxels may change, by their numbers; all where it is left out. */
  readonly accepts?: ((voxel: number) => boolean) | undefined
}

/** One stroke of the brush, from where the pointer went down to where it let go. */
export interface Stroke {
  /** The labels with the stroke so far. */
  readonly labels: Uint8Array
  /** The first and the last slice along the grid's third axis that it has reached. */
  readonly slices: readonly [first: number, last: number]
  /** Paints from the last place to this one (LPS mm). */
  moveTo(place: Vector3): void
  /** The stroke as a change that can be taken back; undefined when it changed nothing. */
  end(): Pick<LabelChange, 'to' | 'voxels' | 'from'> | undefined
}

/**
 * Paints discs in one slice, a voxel thick, or balls around places in it; the voxel under the pointer always belongs to them.
 * @param labels the labels before the stroke, which stay as they are
 */
export function beginStroke(
  grid: Geometry,
  labels: Uint8Array,
  plane: Plane,
  { shape, diameter, to, accepts = () => true }: BrushTip
): Stroke {
  const painted = Uint8Array.from(labels)
  const before = new Map<number, number>()
  const toIndex = indexFromWorld(grid)
  const normal = through[plane]
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal) as [0 | 1 | 2, 0 | 1 | 2]
  let last: Vector3 | undefined
  let slices: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  const dab = (place: Vector3): void => {
    const center = applyAffine(toIndex, place)
    const nearest = center.map(Math.round) as [number, number, number]
    const radius = diameter / 2
    const [reachU, reachV] = [radius / grid.spacing[u], radius / grid.spacing[v]]
    const reachN = shape === 'ball' ? radius / grid.spacing[normal] : 0
    const middle = shape === 'ball' ? center[normal] : nearest[normal]
    for (let n = Math.ceil(middle - reachN); n <= middle + reachN; n++) {
      for (let b = Math.ceil(center[v] - reachV); b <= center[v] + reachV; b++) {
        for (let a = Math.ceil(center[u] - reachU); a <= center[u] + reachU; a++) {
          const across = Math.hypot((a - center[u]) * grid.spacing[u], (b - center[v]) * grid.spacing[v])
          if (Math.hypot(across, (n - middle) * grid.spacing[normal]) <= radius) paint(at(a, b, n))
        }
      }
    }
    paint(at(nearest[u], nearest[v], nearest[normal]))
  }
  const at = (a: number, b: number, n: number): Vector3 => {
    const index: [number, number, number] = [0, 0, 0]
    index[u] = a
    index[v] = b
    index[normal] = n
    return index
  }
  const paint = (index: Vector3): void => {
    if (index.some((n, axis) => n < 0 || n >= (grid.size[axis] as number))) return
    const voxel = index[0] + grid.size[0] * (index[1] + grid.size[1] * index[2])
    const label = painted[voxel] as number
    if (label === to || !accepts(voxel)) return
    before.set(voxel, label)
    painted[voxel] = to
    slices = [Math.min(slices[0], index[2]), Math.max(slices[1], index[2])]
  }
  return {
    labels: painted,
    get slices() {
      return slices
    },
    moveTo(place) {
      const from = last ?? place
      const steps = Math.max(1, Math.ceil(distance(from, place) / (diameter / 4)))
      for (let n = 1; n <= steps; n++) {
        const share = n / steps
        dab(from.map((mm, axis) => mm + share * ((place[axis] as number) - mm)) as unknown as Vector3)
      }
      last = place
    },
    end() {
      if (before.size === 0) return undefined
      return { to, voxels: Uint32Array.from(before.keys()), from: Uint8Array.from(before.values()) }
    }
  }
}
