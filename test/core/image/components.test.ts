import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGeometry, type Geometry, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { connectedComponents, maskOfComponents } from '../../../src/core/image/components.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { sizes } from '../arbitraries.ts'

const gridOf = (size: Geometry['size']): Geometry =>
  createGeometry({ size, spacing: [1, 1, 1], origin: [0, 0, 0], direction: identity3 })

/** A small grid and any mask on it. */
const masks = sizes(1, 6).chain((size) => {
  const grid = gridOf(size)
  const length = voxelCount(grid)
  return fc
    .array(fc.constantFrom(0, 1, 255), { minLength: length, maxLength: length })
    .map((values) => ({ grid, mask: Uint8Array.from(values) }))
})

/** Pairs of voxels that share a face. */
function neighbours({ size: [nx, ny, nz] }: Geometry): [number, number][] {
  const pairs: [number, number][] = []
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const at = i + nx * (j + ny * k)
        if (i + 1 < nx) pairs.push([at, at + 1])
        if (j + 1 < ny) pairs.push([at, at + nx])
        if (k + 1 < nz) pairs.push([at, at + nx * ny])
      }
    }
  }
  return pairs
}

/** Component numbers by repeatedly passing the smaller number on: slow and plainly right. */
function slowComponents(grid: Geometry, mask: Uint8Array): number[] {
  const number = Array.from(mask, (value, at) => (value === 0 ? -1 : at))
  for (let changed = true; changed; ) {
    changed = false
    for (const [a, b] of neighbours(grid)) {
      const [first, second] = [number[a] as number, number[b] as number]
      if (first < 0 || second < 0 || first === second) continue
      number[a] = number[b] = Math.min(first, second)
      changed = true
    }
  }
  return number
}

test('two voxels belong together exactly when faces join them', () => {
  fc.assert(
    fc.property(masks, ({ grid, mask }) => {
      const { map } = connectedComponents(grid, mask)
      const slow = slowComponents(grid, mask)
      const pairing = new Map<number, number>()
      for (const [at, id] of map.entries()) {
        expect(id === 0).toBe(mask[at] === 0)
        if (id === 0) continue
        if (!pairing.has(id)) pairing.set(id, slow[at] as number)
        expect(slow[at]).toBe(pairing.get(id))
      }
      expect(new Set(pairing.values()).size).toBe(pairing.size)
    })
  )
})

test('components are listed once each, largest first, with the voxels the map gives them', () => {
  fc.assert(
    fc.property(masks, ({ grid, mask }) => {
      const { map, components } = connectedComponents(grid, mask)
      for (const { id, voxels } of components) expect(map.filter((other) => other === id)).toHaveLength(voxels)
      expect(components.map(({ id }) => id).sort((a, b) => a - b)).toEqual(components.map((_, at) => at + 1))
      expect(components.map(({ voxels }) => voxels)).toEqual(
        components.map(({ voxels }) => voxels).sort((a, b) => b - a)
      )
    })
  )
})

test('voxels that touch at an edge only are apart, and a line does not wrap to the next', () => {
  expect(connectedComponents(gridOf([2, 2, 1]), Uint8Array.of(1, 0, 0, 1)).components).toHaveLength(2)
  expect(connectedComponents(gridOf([2, 2, 1]), Uint8Array.of(0, 1, 1, 0)).components).toHaveLength(2)
  expect(connectedComponents(gridOf([3, 1, 2]), Uint8Array.of(0, 0, 1, 1, 0, 0)).components).toHaveLength(2)
})

test('a full grid is one component', () => {
  const grid = gridOf([64, 64, 64])
  expect(connectedComponents(grid, new Uint8Array(voxelCount(grid)).fill(1)).components).toEqual([
    { id: 1, voxels: 64 ** 3 }
  ])
})

test('voxels that touch in a corner hang together only where corners count', () => {
  const grid = gridOf([3, 2, 2])
  const mask = new Uint8Array(voxelCount(grid))
  mask[0] = 1
  mask[1 + 3 * (1 + 2)] = 1
  expect(connectedComponents(grid, mask).components.map(({ voxels }) => voxels)).toEqual([1, 1])
  expect(connectedComponents(grid, mask, 'corners').components.map(({ voxels }) => voxels)).toEqual([2])
})

test('the mask of all components is the mask they were found in, and that of one holds its voxels', () => {
  fc.assert(
    fc.property(masks, ({ grid, mask }) => {
      const { map, components } = connectedComponents(grid, mask)
      const all = maskOfComponents(
        map,
        components.map(({ id }) => id)
      )
      expect([...all]).toEqual(Array.from(mask, (value) => (value === 0 ? 0 : 1)))
      for (const { id, voxels } of components) {
        expect(maskOfComponents(map, [id]).reduce((sum, value) => sum + value, 0)).toBe(voxels)
      }
    })
  )
})
