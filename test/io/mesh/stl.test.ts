import { expect, test } from 'vitest'
import type { Mesh } from '../../../src/core/mesh/mesh.ts'
import { encodeStl } from '../../../src/io/mesh/stl.ts'

/** A tetrahedron with corners at the origin and on the axes. */
const tetrahedron: Mesh = {
  vertices: new Float64Array([0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]),
  triangles: new Uint32Array([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3])
}

test('a binary STL has its header, count, normals and corners where readers expect them', () => {
  const bytes = encodeStl(tetrahedron)
  const view = new DataView(bytes.buffer)
  expect(bytes).toHaveLength(84 + 4 * 50)
  expect(view.getUint32(80, true)).toBe(4)
  expect(new TextDecoder().decode(bytes.subarray(0, 80))).toContain('SPACE=LPS')
  const floats = Array.from({ length: 12 }, (_, n) => view.getFloat32(84 + 4 * n, true))
  expect(floats).toEqual([0, 0, -1, 0, 0, 0, 0, 2, 0, 1, 0, 0])
  expect(view.getUint16(84 + 48, true)).toBe(0)
})

test('the header does not start with the word that marks a text STL', () => {
  expect(new TextDecoder().decode(encodeStl(tetrahedron).subarray(0, 5))).not.toBe('solid')
})

test('a triangle without an area has no normal', () => {
  const flat = { vertices: new Float32Array(9), triangles: new Uint32Array([0, 1, 2]) }
  expect([...encodeStl(flat).subarray(84, 96)]).toEqual(new Array(12).fill(0))
})
