import type { Occupancy } from '../../src/analyze/segment/occupancy.ts'
import { parts } from '../../src/core/anatomy.ts'
import type { Volume } from '../../src/core/volume.ts'

/** A label map as occupancy: each voxel is wholly inside or wholly outside. */
export function occupancyOfLabels({ geometry, data }: Volume<Uint8Array>): Occupancy {
  return { geometry, parts: parts.map(({ label }) => Float32Array.from(data, (value) => (value === label ? 1 : 0))) }
}
