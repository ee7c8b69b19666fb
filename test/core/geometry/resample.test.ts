import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyAffine,
  centerOf,
  createGeometry,
  type Geometry,
  geometryAround,
  indexFromWorld,
  voxelCount,
  worldFromIndex
} from '../../../src/core/geometry/geometry.ts'
import { resample, sampleGrid } from '../../../src/core/geometry/resample.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { add, dot, identity3, multiply, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import { createVolume, type Volume } from '../../../src/core/volume.ts'
import { directions, even, points, sizes } from '../arbitraries.ts'

const outside = -9999

/** Every voxel of a grid: its index (i, j, k) and its place in memory. */
function* voxels({ size: [nx, ny, nz] }: Geometry): Generator<{ index: Vector3; at: number }> {
  let at = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) yield { index: [i, j, k], at: at++ }
  }
}

/** A volume whose value is `valueAt` the world position of each voxel. */
function paint(geometry: Geometry, valueAt: (world: Vector3) => number): Volume<Float64Array> {
  const data = new Float64Array(voxelCount(geometry))
  const map = worldFromIndex(geometry)
  for (const { index, at } of voxels(geometry)) data[at] = valueAt(applyAffine(map, index))
  return createVolume(geometry, data)
}

/** How far a world point lies inside a grid's border, in mm; negative outside. */
function depthInside(geometry: Geometry, world: Vector3): number {
  const index = applyAffine(indexFromWorld(geometry), world)
  const depths = index.map((v, axis) => {
    const [n, mm] = [geometry.size[axis] as number, geometry.spacing[axis] as number]
    return Math.min(v + 0.5, n - 0.5 - v) * mm
  })
  return Math.min(...depths)
}

/** A grid of voxels between 0.1 and 0.6 mm. */
const sources = fc
  .tuple(sizes(8, 20), fc.tuple(even(0.1, 0.6), even(0.1, 0.6), even(0.1, 0.6)), points(100), directions)
  .map(([size, spacing, origin, direction]) => createGeometry({ size, spacing, origin, direction }))

/** A source, and a target of isotropic voxels that overlaps it somewhere, finer or coarser, turned at will. */
const pairs = sources.chain((source) =>
  fc.tuple(sizes(3, 10), even(0.15, 1.2), points(3), directions).map(([size, mm, shift, direction]) => ({
    source,
    target: geometryAround(add(centerOf(source), shift), size, [mm, mm, mm], direction)
  }))
)

describe('resampling', () => {
  test('onto the same grid changes nothing', () => {
    fc.assert(
      fc.property(sources, fc.integer(), (grid, seed) => {
        const random = createRandom(seed)
        const volume = paint(grid, () => random.integer(-1000, 3000))
        const { data } = resample(volume, grid, outside)
        for (const [at, value] of volume.data.entries()) expect(data[at]).toBeCloseTo(value, 2)
      }),
      { numRuns: 20 }
    )
  })

  test('keeps a linear ramp exactly, in any orientation and at any spacing', () => {
    fc.assert(
      fc.property(pairs, points(20), ({ source, target }, slope) => {
        const middle = centerOf(source)
        const ramp = (world: Vector3): number =>
          dot(slope, [world[0] - middle[0], world[1] - middle[1], world[2] - middle[2]])
        const { data } = resample(paint(source, ramp), target, outside)
        const map = worldFromIndex(target)
        // Half a voxel inside the border the samples are clamped; averaged blocks that the border cuts reach further in.
        const border = Math.max(...source.spacing) / 2 + 2 * target.spacing[0]
        for (const { index, at } of voxels(target)) {
          const world = applyAffine(map, index)
          if (depthInside(source, world) > border) expect(data[at]).toBeCloseTo(ramp(world), 3)
        }
      })
    )
  })

  test('keeps a ramp without a step where a large target is sampled in several slabs', () => {
    const source = geometryAround([0, 0, 0], [66, 66, 190], [4, 4, 0.4], identity3)
    const target = geometryAround([0.1, 0.2, 0.3], [320, 320, 90], [0.8, 0.8, 0.8], identity3)
    const { data } = resample(
      paint(source, ([x, y, z]) => 3 * x - 2 * y + 5 * z),
      target,
      outside
    )
    const map = worldFromIndex(target)
    for (let k = 3; k < 87; k++) {
      const at = 160 + 320 * (160 + 320 * k)
      const [x, y, z] = applyAffine(map, [160, 160, k])
      expect(data[at]).toBeCloseTo(3 * x - 2 * y + 5 * z, 3)
    }
  })

  test('says `outside` for what lies beyond the source by a target voxel, never for what lies inside', () => {
    fc.assert(
      fc.property(pairs, ({ source, target }) => {
        const { data } = resample(
          paint(source, () => 7),
          target,
          outside
        )
        const map = worldFromIndex(target)
        for (const { index, at } of voxels(target)) {
          const depth = depthInside(source, applyAffine(map, index))
          if (depth > 1e-6) expect(data[at]).toBe(7)
          if (depth < -target.spacing[0] - 1e-5) expect(data[at]).toBe(outside)
        }
      })
    )
  })

  test('onto a grid that misses the source altogether gives nothing but `outside`', () => {
    const source = createGeometry({
      size: [9, 9, 9],
      spacing: [0.1, 0.1, 0.1],
      origin: [0, 0, 0],
      direction: identity3
    })
    const target = { ...source, spacing: [0.4, 0.4, 0.4], origin: [50, 0, 0] } as const
    expect(
      new Set(
        resample(
          paint(source, () => 7),
          target,
          outside
        ).data
      )
    ).toEqual(new Set([outside]))
  })

  test('averages fine detail away instead of aliasing it', () => {
    const source = createGeometry({
      size: [64, 64, 64],
      spacing: [0.1, 0.1, 0.1],
      origin: [0, 0, 0],
      direction: identity3
    })
    const checkers = createVolume(source, new Int16Array(64 ** 3))
    for (const { index, at } of voxels(source))
      checkers.data[at] = (index[0] + index[1] + index[2]) % 2 === 0 ? 1000 : -1000
    const target = geometryAround(centerOf(source), [12, 12, 12], [0.4, 0.4, 0.4], identity3)
    for (const value of resample(checkers, target, outside).data) expect(Math.abs(value)).toBeLessThan(1e-3)
  })

  test('lets less of a wave through the coarser the target is, without a jump', () => {
    const source = createGeometry({
      size: [160, 12, 12],
      spacing: [0.2, 0.2, 0.2],
      origin: [0, 0, 0],
      direction: identity3
    })
    const wave = paint(source, ([x]) => Math.sin((2 * Math.PI * x) / 1.02))
    /** Root mean square of what is left in grids that lie anywhere between the voxels, of a wave with one of 1 / √2. */
    const left = (mm: number): number => {
      const values = Array.from({ length: 20 }, (_, n) => {
        const shift = (n / 20) * 1.02
        const target = geometryAround(add(centerOf(source), [shift, 0, 0]), [30, 1, 1], [mm, mm, mm], identity3)
        return [...resample(wave, target, outside).data]
      }).flat()
      return Math.sqrt((2 * values.reduce((sum, value) => sum + value ** 2, 0)) / values.length)
    }
    const ratios = Array.from({ length: 61 }, (_, n) => left(0.2 + n * 0.01))
    for (const [n, here] of ratios.entries()) {
      const before = ratios[n - 1]
      if (before === undefined) continue
      expect(here, `at ${(0.2 + n * 0.01).toFixed(2)} mm`).toBeLessThan(before + 0.02)
      expect(here, `at ${(0.2 + n * 0.01).toFixed(2)} mm`).toBeGreaterThan(before - 0.06)
    }
    expect(ratios[0]).toBeGreaterThan(0.85)
    expect(ratios.at(-1)).toBeLessThan(0.3)
  })

  test('onto a turned grid lets through less of a wave by one interpolation where averaging begins, and takes no other step', () => {
    const size: Vector3 = [60, 60, 60]
    const source = createGeometry({ size, spacing: [0.2, 0.2, 0.2], origin: [0, 0, 0], direction: identity3 })
    const wave = paint(source, ([x, y]) => Math.sin((2 * Math.PI * (x + y)) / 1.5))
    const turned = multiply(rotationAbout([0, 0, 1], 0.5), rotationAbout([1, 0, 0], 0.3))
    const left = (ratio: number): number => {
      const edge = 0.2 * ratio
      const target = geometryAround(centerOf(source), [20, 20, 20], [edge, edge, edge], turned)
      const { data } = resample(wave, target, outside)
      return Math.sqrt((2 * data.reduce((sum, value) => sum + value ** 2, 0)) / data.length)
    }
    expect(Math.abs(left(1) - left(0.999))).toBeLessThan(0.005)
    // A wave of 5.3 voxels: 0.89 before, 0.76 to 0.85 after, by where the target's first voxel lies between the source's.
    expect(left(1) - left(1.001)).toBeGreaterThan(0.03)
    expect(left(1) - left(1.001)).toBeLessThan(0.14)
    for (let ratio = 1.001; ratio < 1.5; ratio += 0.05) {
      expect(left(ratio) - left(ratio + 0.05), `at ${ratio.toFixed(2)}`).toBeLessThan(0.06)
      expect(left(ratio + 0.05) - left(ratio), `at ${ratio.toFixed(2)}`).toBeLessThan(0.02)
    }
  })

  test('gives the same values however the source is stored and cropped', () => {
    const size: Vector3 = [31, 26, 23]
    const source = createGeometry({ size, spacing: [0.15, 0.2, 0.17], origin: [3, 4, 5], direction: identity3 })
    const random = createRandom(3)
    const scan = createVolume(
      source,
      Int16Array.from({ length: voxelCount(source) }, () => random.integer(-900, 2000))
    )
    // Stored from the other end along i and k, and without its first two slices.
    const start = applyAffine(worldFromIndex(source), [30, 0, 22])
    const other = createGeometry({
      ...source,
      size: [31, 26, 21],
      origin: start,
      direction: [-1, 0, 0, 0, 1, 0, 0, 0, -1]
    })
    const turned = createVolume(other, new Int16Array(voxelCount(other)))
    for (const { index, at } of voxels(other)) {
      const [i, j, k] = index
      turned.data[at] = scan.data[30 - i + 31 * (j + 26 * (22 - k))] as number
    }
    const target = geometryAround(centerOf(source), [4, 5, 3], [0.8, 0.8, 0.8], identity3)
    const [plain, again] = [resample(scan, target, 'nearest'), resample(turned, target, 'nearest')]
    for (const [at, value] of plain.data.entries()) expect(again.data[at]).toBeCloseTo(value, 3)
  })

  test('repeats the nearest voxels beyond the source where asked to', () => {
    const source = createGeometry({ size: [3, 2, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
    const ramp = createVolume(source, Int16Array.of(0, 10, 20, 0, 10, 20, 0, 10, 20, 0, 10, 20))
    const target = { ...source, size: [9, 1, 1], origin: [-3, 9, 0] } as const
    expect([...resample(ramp, target, 'nearest').data]).toEqual([0, 0, 0, 0, 10, 20, 20, 20, 20])
  })

  test('to half the resolution is the mean of eight voxels', () => {
    const source = createGeometry({ size: [2, 2, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
    const target = geometryAround(centerOf(source), [1, 1, 1], [2, 2, 2], identity3)
    expect([...resample(createVolume(source, Int16Array.of(0, 1, 2, 3, 4, 5, 6, 15)), target, outside).data]).toEqual([
      4.5
    ])
  })
})

test('a sample between voxels weighs its eight neighbours by nearness', () => {
  const source = createVolume(
    createGeometry({ size: [2, 2, 2], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 }),
    Int16Array.of(0, 10, 20, 30, 40, 50, 60, 70)
  )
  const at = (offset: Vector3): number => {
    const result = new Float32Array(1)
    sampleGrid({ matrix: identity3, offset }, [1, 1, 1], source, outside, result)
    return result[0] as number
  }
  expect(at([0.5, 0, 0])).toBe(5)
  expect(at([0, 0.25, 0])).toBe(5)
  expect(at([0, 0, 0.75])).toBe(30)
  expect(at([0.5, 0.5, 0.5])).toBe(35)
  expect(at([-0.5, 0, 0])).toBe(0)
  expect(at([-0.51, 0, 0])).toBe(outside)
  expect(at([1.5, 1.5, 1.5])).toBe(70)
  expect(at([1, 1, 1.51])).toBe(outside)
})

test('only the voxels of a mask are sampled', () => {
  const geometry = createGeometry({ size: [4, 1, 1], spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })
  const source = createVolume(geometry, Float64Array.of(1, 2, 3, 4))
  const result = new Float32Array(4).fill(outside)
  sampleGrid({ matrix: identity3, offset: [0, 0, 0] }, geometry.size, source, 0, result, Uint8Array.of(0, 1, 0, 1))
  expect([...result]).toEqual([outside, 2, outside, 4])
})
