import { applyAffine, type Geometry, indexFromWorld, worldFromIndex } from '../src/core/geometry/geometry.ts'
import type { Vector3 } from '../src/core/math/vector.ts'

/** The grid of a whole scan, its axes as near as can be to right, anterior and superior. */
export type OverviewGrid = Geometry

/** The pictures of an overview: which axis of the grid runs against the rows, and which against the columns. */
export const overviewViews = [
  { name: 'from below', across: 0, up: 1 },
  { name: 'from the front', across: 0, up: 2 },
  { name: 'from the left', across: 1, up: 2 }
] as const
export type OverviewView = (typeof overviewViews)[number]

/** Shares of a picture's width and height, from its upper left corner: 0 to 1 inside. */
export type PicturePoint = readonly [x: number, y: number]

/**
 * Where a place (LPS mm) is seen on a picture. The patient's right, or seen from the left the front, is on the left.
 */
export function onPicture({ across, up }: OverviewView, grid: OverviewGrid, place: Vector3): PicturePoint {
  const index = applyAffine(indexFromWorld(grid), place)
  const share = (axis: 0 | 1 | 2): number => 1 - (index[axis] + 0.5) / grid.size[axis]
  return [share(across), share(up)]
}

/** The place (LPS mm) at a point of a picture, as deep in the picture as another place. */
export function placeAtPoint(
  { across, up }: OverviewView,
  grid: OverviewGrid,
  [x, y]: PicturePoint,
  depthOf: Vector3
): Vector3 {
  const index: [number, number, number] = [...applyAffine(indexFromWorld(grid), depthOf)]
  index[across] = (1 - x) * grid.size[across] - 0.5
  index[up] = (1 - y) * grid.size[up] - 0.5
  return applyAffine(worldFromIndex(grid), index)
}

/** The rectangle on a picture that a box of the scan's voxels fills. */
export function boxOnPicture(
  view: OverviewView,
  grid: OverviewGrid,
  box: Geometry
): { readonly low: PicturePoint; readonly high: PicturePoint } {
  const toWorld = worldFromIndex(box)
  const corners = [
    applyAffine(toWorld, [-0.5, -0.5, -0.5]),
    applyAffine(toWorld, [box.size[0] - 0.5, box.size[1] - 0.5, box.size[2] - 0.5])
  ].map((place) => onPicture(view, grid, place))
  const along = (axis: 0 | 1): number[] => corners.map((corner) => corner[axis])
  return {
    low: [Math.min(...along(0)), Math.min(...along(1))],
    high: [Math.max(...along(0)), Math.max(...along(1))]
  }
}

/** The nearest place within a grid, at most at the middle of a border voxel. */
export function clampedTo(grid: Geometry, place: Vector3): Vector3 {
  const index = applyAffine(indexFromWorld(grid), place)
  const [i, j, k] = index.map((at, axis) => Math.max(0, Math.min((grid.size[axis] as number) - 1, at))) as [
    number,
    number,
    number
  ]
  return applyAffine(worldFromIndex(grid), [i, j, k])
}
