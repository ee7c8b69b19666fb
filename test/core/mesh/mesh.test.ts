import { expect, test } from 'vitest'
import { type Mesh, mergeMeshes, meshVolume } from '../../../src/core/mesh/mesh.ts'

/** A box from (1, 2, 3) with edges 2, 3 and 4 mm, faces outward. */
const box: Mesh = {
  vertices: Float64Array.from(
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((corner) => [
      1 + 2 * (corner & 1),
      2 + 3 * ((corner >> 1) & 1),
      3 + 4 * (corner >> 2)
    ])
  ),
  triangles: Uint32Array.from(
    [
      [0, 2, 3, 0, 3, 1],
      [4, 5, 7, 4, 7, 6],
      [0, 1, 5, 0, 5, 4],
      [2, 6, 7, 2, 7, 3],
      [0, 4, 6, 0, 6, 2],
      [1, 3, 7, 1, 7, 5]
    ].flat()
  )
}

test('the volume of a box is the product of its edges, wherever it lies', () => {
  expect(meshVolume(box)).toBeCloseTo(24, 9)
})

test('a mesh turned inside out has a negative volume', () => {
  expect(meshVolume({ ...box, triangles: box.triangles.toReversed() })).toBeCloseTo(-24, 9)
})

test('merged meshes keep their own triangles', () => {
  const moved = { ...box, vertices: box.vertices.map((mm) => mm + 100) }
  const both = mergeMeshes([box, moved])
  expect(both.triangles.length).toBe(2 * box.triangles.length)
  expect(meshVolume(both)).toBeCloseTo(48, 6)
  expect(meshVolume({ ...both, triangles: both.triangles.slice(box.triangles.length) })).toBeCloseTo(24, 6)
})
