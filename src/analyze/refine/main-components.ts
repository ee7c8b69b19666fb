import type { Geometry } from '../../core/geometry/geometry.ts'
import { connectedComponents, maskOfComponents } from '../../core/image/components.ts'

/** A piece with less than this share of all voxels is noise or an islet of a leak; a canal cut off holds more. */
const minShare = 0.03

/** The mask without its small face-connected pieces. */
export function mainComponents(geometry: Geometry, mask: Uint8Array): Uint8Array {
  const { map, components } = connectedComponents(geometry, mask)
  const voxels = components.reduce((sum, component) => sum + component.voxels, 0)
  const main = components.filter((component) => component.voxels >= minShare * voxels).map(({ id }) => id)
  return main.length === components.length ? mask : maskOfComponents(map, main)
}
