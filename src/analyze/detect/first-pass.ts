import { type Geometry, voxelVolume } from '../../core/geometry/geometry.ts'
import { countWithin, forEachRow, overlapOf, type VoxelBox } from '../../core/image/box.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Window } from './plan-windows.ts'

/** An ear lies in bone: a window with less of it (mm³) around its middle is not evaluated. Ears have 4000 and more. */
const minBone = 1500

/**
 * A window is in the first pass if, around its middle, at least this much bone (mm³), or this share of the bone there, is not
 * covered by earlier windows. The share matters where a tight crop leaves little bone.
 */
const minUncovered = { volume: 2500, share: 0.5 }

/** Predictions are poor within this distance of a window's border, as a share of its edge. */
const rim = 1 / 12

/**
 * The windows that have bone around their middles, and how many voxels of it.
 * @param bone 1 where the image shows some, else 0
 */
export function windowsWithBone(
  windows: readonly Window[],
  bone: Uint8Array,
  geometry: Geometry
): ReadonlyMap<Window, number> {
  const least = minBone / voxelVolume(geometry)
  const counts = windows.map((window) => [window, countWithin(bone, geometry.size, window.middle)] as const)
  return new Map(counts.filter(([, voxels]) => voxels >= least))
}

/**
 * Fewer windows that together cover the bone of an image (a greedy set cover): always the one with the most bone that none before
 * it covers, so that the densest places come first, as those of ears are.
 * @param windows and the voxels of bone around their middles
 */
export function firstPass(windows: ReadonlyMap<Window, number>, bone: Uint8Array, geometry: Geometry): Window[] {
  const { size } = geometry
  const uncovered = bone.slice()
  const left = new Map(windows)
  const least = new Map([...left].map(([window, all]) => [window, minUncoveredOf(all, geometry)]))
  const pass: Window[] = []
  for (;;) {
    const [next] = [...left]
      .filter(([window, voxels]) => voxels >= (least.get(window) as number))
      .reduce<readonly [Window | undefined, number]>((best, one) => (one[1] > best[1] ? one : best), [undefined, 0])
    if (next === undefined) return pass
    pass.push(next)
    left.delete(next)
    const covered = coveredBy(next, size)
    for (const [window, voxels] of left) {
      const both = overlapOf(window.middle, covered)
      if (both !== undefined) left.set(window, voxels - countWithin(uncovered, size, both))
    }
    forEachRow(size, covered, (from) => uncovered.fill(0, from, from + covered.size[0]))
  }
}

/** Voxels of bone that must be uncovered for a window to be in the first pass. @param all that there are around a window's middle */
function minUncoveredOf(all: number, geometry: Geometry): number {
  return Math.min(minUncovered.volume / voxelVolume(geometry), minUncovered.share * all)
}

/** The window without its rim, except where that lies at the image's border: no other window predicts better there. */
function coveredBy({ box }: Window, size: Vector3): VoxelBox {
  const low = (axis: 0 | 1 | 2): number =>
    box.start[axis] + (box.start[axis] === 0 ? 0 : Math.ceil(rim * box.size[axis]))
  const high = (axis: 0 | 1 | 2): number => {
    const end = box.start[axis] + box.size[axis]
    return end - (end === size[axis] ? 0 : Math.ceil(rim * box.size[axis]))
  }
  const start: Vector3 = [low(0), low(1), low(2)]
  return { start, size: [high(0) - start[0], high(1) - start[1], high(2) - start[2]] }
}
