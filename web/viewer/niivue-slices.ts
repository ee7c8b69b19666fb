import type { Niivue } from '@niivue/niivue'
import { applyAffine, type Geometry, indexFromWorld, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Plane, SliceTile } from './viewer.ts'

/**
 * Axes of the grid that run to the right and up on each of NiiVue's slices, and the one that runs through it; in the
 * order of NiiVue's slice types.
 */
export const slices = [
  { plane: 'axial', across: 0, up: 1, through: 2 },
  { plane: 'coronal', across: 0, up: 2, through: 1 },
  { plane: 'sagittal', across: 1, up: 2, through: 0 }
] as const

/** NiiVue's fractions run from border to border of the grid; the first voxel's middle is half a voxel in. */
export function fractionOf(grid: Geometry, place: Vector3): Vector3 {
  const [i, j, k] = applyAffine(indexFromWorld(grid), place)
  return [(i + 0.5) / grid.size[0], (j + 0.5) / grid.size[1], (k + 0.5) / grid.size[2]]
}

/** The place (LPS mm) at a fraction. */
export function placeOf(grid: Geometry, [x, y, z]: Vector3): Vector3 {
  const index: Vector3 = [x * grid.size[0] - 0.5, y * grid.size[1] - 0.5, z * grid.size[2] - 0.5]
  return applyAffine(worldFromIndex(grid), index)
}

/** The slices as they were drawn last. */
export function tilesOf(niivue: Niivue, grid: Geometry): SliceTile<Plane>[] {
  const ratio = niivue.uiData.dpr ?? 1
  const crosshair = niivue.scene.crosshairPos
  return niivue.screenSlices.flatMap(({ axCorSag, leftTopWidthHeight, leftTopMM, fovMM }) => {
    const slice = slices.find((_, type) => type === Number(axCorSag))
    if (slice === undefined) return []
    const { across, up, through } = slice
    const [l = 0, t = 0, w = 0, h = 0] = leftTopWidthHeight.map((pixels) => pixels / ratio)
    // NiiVue mirrors a slice by a negative width.
    const mirrored = w < 0
    const [left, width] = mirrored ? [l + w, -w] : [l, w]
    // In NiiVue's own mm, which run along the axes of the grid.
    const along = (share: Vector3, axis: number): number => niivue.frac2mm(share as never, 0, false)[axis] as number
    const [low, high] = [[0, 0, 0] as const, [1, 1, 1] as const]
    const toShare = (axis: number, mm: number): number =>
      (mm - along(low, axis)) / (along(high, axis) - along(low, axis))
    return [
      {
        plane: slice.plane,
        left,
        top: t,
        width,
        height: h,
        locate(place) {
          const share = fractionOf(grid, place)
          const x = (along(share, across) - (leftTopMM[0] as number)) / (fovMM[0] as number)
          const y = (along(share, up) - (leftTopMM[1] as number)) / (fovMM[1] as number)
          const voxels = (share[through] - (crosshair[through] as number)) * grid.size[through]
          return {
            x: left + width * (mirrored ? 1 - x : x),
            y: t + h * (1 - y),
            depth: voxels * grid.spacing[through]
          }
        },
        placeAt(x, y, depthOf) {
          const xShare = (x - left) / width
          const mmAcross = (leftTopMM[0] as number) + (mirrored ? 1 - xShare : xShare) * (fovMM[0] as number)
          const mmUp = (leftTopMM[1] as number) + (1 - (y - t) / h) * (fovMM[1] as number)
          const share: [number, number, number] = [...fractionOf(grid, depthOf)]
          share[across] = toShare(across, mmAcross)
          share[up] = toShare(up, mmUp)
          return placeOf(grid, share)
        }
      }
    ]
  })
}
