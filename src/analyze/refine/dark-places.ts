import type { Geometry } from '../../core/geometry/geometry.ts'
import { connectedComponents, maskOfComponents } from '../../core/image/components.ts'
import { smooth } from '../../core/image/filter.ts'
import { voxelsBelow } from '../../core/image/threshold.ts'
import type { GreyLevels } from './grey-levels.ts'

/** Voxels darker than the inside of the ear by this share of the contrast to bone are air, not fluid. */
const darkness = 0.35

/** A dark region is a leak, not a bubble in the ear or a streak across it, if at least this share of it lies outside. */
const minOutside = 0.5

/**
 * Voxels that are far darker than the inside of the ear and connected to the outside: the tympanic cavity, an air cell or an
 * open auditory canal into which the outline leaks. An ear full of air has none.
 * @param image the scan, its noise blurred by one voxel first
 * @param isInside 1 where the network sees the labyrinth
 * @returns 1 for such voxels, else 0; undefined when there are none
 */
export function darkPlaces(
  { geometry, image }: { readonly geometry: Geometry; readonly image: Float32Array },
  isInside: Uint8Array,
  { inside, bone }: GreyLevels
): Uint8Array | undefined {
  const limit = inside - darkness * (bone - inside)
  if (!image.some((value) => value < limit)) return undefined
  const dark = voxelsBelow(smooth(image, geometry.size, [1, 1, 1]), limit)
  const { map, components } = connectedComponents(geometry, dark)
  const within = new Map<number, number>()
  for (let at = 0; at < map.length; at++) {
    if (isInside[at] === 0) continue
    const id = map[at] as number
    if (id !== 0) within.set(id, (within.get(id) ?? 0) + 1)
  }
  const leaks = components
    .filter(({ id, voxels }) => (within.get(id) ?? 0) <= (1 - minOutside) * voxels)
    .map(({ id }) => id)
  return leaks.length === 0 ? undefined : maskOfComponents(map, leaks)
}
