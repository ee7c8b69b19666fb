import { type Geometry, geometryAround } from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import { clampedShareOf } from '../../core/image/grey-window.ts'
import { cross, fromColumns } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import type { Plane } from './plane.ts'
import { pngAddress } from './png.ts'

/** Hounsfield units drawn black and white: from soft tissue's border with air to dense bone. */
export const window = { low: -600, high: 2200 } as const

/** Hounsfield units outside a scan. */
const air = -1000

/** A scan on a plane as a square picture of `pixels` × `pixels` gray values: the address of a PNG. */
export function slicePicture(scan: Scan, plane: Plane, pixels: number): string {
  return pngAddress(sliceGrays(scan, plane, pixels), pixels, pixels, 1)
}

/** A scan on a plane as `pixels` × `pixels` gray values of the window, row by row. */
export function sliceGrays(scan: Scan, plane: Plane, pixels: number): Uint8Array {
  const { data } = resample(scan, gridOn(plane, pixels), air)
  return new Uint8Array(data.map((value) => Math.round(255 * clampedShareOf(value, window))))
}

/** The grid of one slice whose voxels are the `pixels` × `pixels` of a plane. */
export function gridOn({ center, across, down, edge }: Plane, pixels: number): Geometry {
  const spacing = edge / pixels
  const direction = fromColumns(across, down, cross(across, down))
  return geometryAround(center, [pixels, pixels, 1], [spacing, spacing, spacing], direction)
}
