import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GeometryError } from '../../../src/core/errors.ts'
import {
  applyAffine,
  centerOf,
  composeAffine,
  containsPoint,
  createGeometry,
  cropGeometry,
  extentOf,
  type Geometry,
  geometryAround,
  indexFromIndex,
  indexFromWorld,
  invertAffine,
  isLeftHanded,
  sameGrid,
  voxelCount,
  voxelVolume,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import {
  determinant,
  distance,
  identity3,
  type Matrix3,
  multiply,
  rotationAbout,
  type Vector3
} from '../../../src/core/math/vector.ts'
import { directions, even, grids, points, sizes, spacings } from '../arbitraries.ts'

const plain: Geometry = { size: [4, 5, 6], spacing: [1, 2, 3], origin: [10, 20, 30], direction: identity3 }

/** Anything that differs by less than this, in mm or voxels, is the same. */
const tiny = 1e-6

test('a checked grid is its own: neither it nor what it was made of changes the other', () => {
  const spacing: [number, number, number] = [1, 2, 3]
  const geometry = createGeometry({ ...plain, spacing })
  spacing[0] = 9
  expect(geometry.spacing).toEqual([1, 2, 3])
  for (const numbers of Object.values(geometry)) expect(Object.isFrozen(numbers)).toBe(true)
})

describe('a grid that cannot be is refused', () => {
  const quarter = rotationAbout([0, 0, 1], Math.PI / 4)
  test.each<[string, Partial<Geometry>]>([
    ['no voxels along an axis', { size: [4, 0, 6] }],
    ['a negative size', { size: [4, -5, 6] }],
    ['half a voxel', { size: [4, 5.5, 6] }],
    ['a size that is not a number', { size: [4, Number.NaN, 6] }],
    ['no spacing', { spacing: [1, 0, 3] }],
    ['a negative spacing', { spacing: [1, -2, 3] }],
    ['an infinite spacing', { spacing: [1, Number.POSITIVE_INFINITY, 3] }],
    ['an origin that is not a number', { origin: [0, Number.NaN, 0] }],
    ['a direction that is not a number', { direction: [Number.NaN, 0, 0, 0, 1, 0, 0, 0, 1] }],
    ['parallel axes', { direction: [1, 1, 0, 0, 0, 0, 0, 0, 1] }],
    ['axes that are not of unit length', { direction: [2, 0, 0, 0, 1, 0, 0, 0, 1] }],
    ['a gantry tilt', { direction: [1, 0, 0, 0, 1, quarter[1], 0, 0, quarter[0]] }]
  ])('%s', (_, fault) => {
    expect(() => createGeometry({ ...plain, ...fault })).toThrow(GeometryError)
  })
})

test('axes rounded to float32, as NIfTI stores them, are accepted', () => {
  fc.assert(
    fc.property(directions, (direction) => {
      const rounded = direction.map(Math.fround) as unknown as Matrix3
      expect(createGeometry({ ...plain, direction: rounded }).direction).toEqual(rounded)
    })
  )
})

test('a voxel lies at origin + direction · (index × spacing)', () => {
  expect(applyAffine(worldFromIndex(plain), [1, 1, 1])).toEqual([11, 22, 33])
  const turned = createGeometry({ ...plain, direction: [0, -1, 0, 1, 0, 0, 0, 0, -1] })
  expect(applyAffine(worldFromIndex(turned), [1, 1, 1])).toEqual([10 - 2, 20 + 1, 30 - 3])
})

test('world and index undo each other on any grid', () => {
  fc.assert(
    fc.property(grids(), points(300), (grid, index) => {
      const world = applyAffine(worldFromIndex(grid), index)
      expect(distance(applyAffine(indexFromWorld(grid), world), index)).toBeLessThan(tiny)
    })
  )
})

test('an index in one grid is the index in another of the same world point', () => {
  fc.assert(
    fc.property(grids(), grids(), points(300), (from, to, index) => {
      const direct = applyAffine(indexFromIndex(from, to), index)
      expect(distance(applyAffine(worldFromIndex(to), direct), applyAffine(worldFromIndex(from), index))).toBeLessThan(
        tiny
      )
    })
  )
})

test('composing maps is applying one after the other', () => {
  fc.assert(
    fc.property(grids(), grids(), points(100), (a, b, point) => {
      const [outer, inner] = [worldFromIndex(a), worldFromIndex(b)]
      const composed = applyAffine(composeAffine(outer, inner), point)
      expect(distance(composed, applyAffine(outer, applyAffine(inner, point)))).toBeLessThan(tiny)
      expect(distance(applyAffine(composeAffine(invertAffine(inner), inner), point), point)).toBeLessThan(tiny)
    })
  )
})

test('a grid made around a point has its middle there', () => {
  fc.assert(
    fc.property(points(500), sizes(1, 200), spacings, directions, (center, size, spacing, direction) => {
      const grid = geometryAround(center, size, spacing, direction)
      expect(distance(centerOf(grid), center)).toBeLessThan(tiny)
      expect(grid).toMatchObject({ size, spacing, direction })
    })
  )
})

test('a crop keeps every voxel where it was', () => {
  fc.assert(
    fc.property(grids(), sizes(0, 40), sizes(1, 40), sizes(0, 39), (grid, start, size, at) => {
      const crop = cropGeometry(grid, start, size)
      const before = applyAffine(worldFromIndex(grid), [start[0] + at[0], start[1] + at[1], start[2] + at[2]])
      expect(distance(applyAffine(worldFromIndex(crop), at), before)).toBeLessThan(tiny)
    })
  )
})

test('a grid contains the middle of each of its voxels up to their borders, and nothing beyond', () => {
  fc.assert(
    fc.property(grids(50), even(0, 1), fc.constantFrom(0, 1, 2), (grid, at, axis) => {
      const along = (index: number): Vector3 => {
        const middle = grid.size.map((n) => (n - 1) / 2)
        middle[axis] = index
        return applyAffine(worldFromIndex(grid), middle as unknown as Vector3)
      }
      const edge = (grid.size[axis] as number) - 0.5
      expect(containsPoint(grid, along(-0.5 + tiny + at * (edge + 0.5 - 2 * tiny)))).toBe(true)
      expect(containsPoint(grid, along(edge + tiny + at))).toBe(false)
      expect(containsPoint(grid, along(-0.5 - tiny - at))).toBe(false)
    })
  )
})

test('a mirrored axis changes the handedness, a turn does not', () => {
  expect(isLeftHanded(plain)).toBe(false)
  fc.assert(
    fc.property(grids(), directions, (grid, turn) => {
      const mirrored = createGeometry({ ...grid, direction: multiply(grid.direction, [1, 0, 0, 0, 1, 0, 0, 0, -1]) })
      expect(isLeftHanded(mirrored)).toBe(!isLeftHanded(grid))
      const turned = createGeometry({ ...grid, direction: multiply(turn, grid.direction) })
      expect(isLeftHanded(turned)).toBe(isLeftHanded(grid) !== determinant(turn) < 0)
    })
  )
})

test('volumes and extents count whole voxels', () => {
  expect(voxelCount(plain)).toBe(120)
  expect(voxelVolume(plain)).toBe(6)
  expect(extentOf(plain)).toEqual([4, 10, 18])
})

describe('two grids are the same', () => {
  test('when nothing moves by more than the tolerance', () => {
    fc.assert(
      fc.property(grids(), (grid) => {
        expect(sameGrid(grid, grid)).toBe(true)
        expect(sameGrid(grid, { ...grid, origin: [grid.origin[0] + 5e-4, grid.origin[1], grid.origin[2]] })).toBe(true)
      })
    )
  })

  test('only if size, place, spacing and orientation agree', () => {
    const grid = createGeometry(plain)
    expect(sameGrid(grid, { ...grid, size: [4, 5, 7] })).toBe(false)
    expect(sameGrid(grid, { ...grid, origin: [10, 20, 30.002] })).toBe(false)
    expect(sameGrid(grid, { ...grid, spacing: [1, 2, 3.001] })).toBe(false)
    expect(sameGrid(grid, { ...grid, direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] })).toBe(false)
  })
})
