import gltfValidator from 'gltf-validator'
import { expect, test } from 'vitest'
import type { Mesh } from '../../../src/core/mesh/mesh.ts'
import { encodeGlb } from '../../../src/io/mesh/glb.ts'
import type { NamedMesh } from '../../../src/io/mesh/named-mesh.ts'
import { encodeObj } from '../../../src/io/mesh/obj.ts'
import { encodePly } from '../../../src/io/mesh/ply.ts'

/** A tetrahedron with corners at a place and 1, 2, 3 mm from it along the axes. */
const tetrahedron = ([x, y, z]: readonly [number, number, number]): Mesh => ({
  vertices: new Float64Array([x, y, z, x + 1, y, z, x, y + 2, z, x, y, z + 3]),
  triangles: new Uint32Array([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3])
})

const shapes: readonly NamedMesh[] = [
  { name: 'Cochlea right', color: [255, 0, 51], mesh: tetrahedron([-40, 10, 1200]) },
  { name: 'Vestibule right', color: [0, 128, 0], mesh: tetrahedron([0, 0, 0]) }
]

test('a GLB passes the Khronos validator without a remark and says its names, unit and frame', async () => {
  const bytes = encodeGlb(shapes, 'otomark test')
  const { issues, info } = await gltfValidator.validateBytes(bytes)
  expect(issues.messages).toEqual([])
  expect(info).toMatchObject({ version: '2.0', drawCallCount: 2, totalVertexCount: 8, totalTriangleCount: 8 })
  const json = JSON.parse(
    new TextDecoder().decode(bytes.subarray(20, 20 + new DataView(bytes.buffer).getUint32(12, true)))
  )
  expect(json.nodes.map(({ name }: { name: string }) => name)).toEqual([
    'Inner ear (LPS mm)',
    'Cochlea right',
    'Vestibule right'
  ])
  // Superior (+z) becomes up (+Y), anterior (−y) becomes front (+Z): a quarter turn about x.
  expect(json.nodes[0].rotation).toEqual([-Math.SQRT1_2, 0, 0, Math.SQRT1_2])
  expect(json.nodes[0].scale).toEqual([0.001, 0.001, 0.001])
  expect(json.materials[0].pbrMetallicRoughness.baseColorFactor).toEqual([1, 0, expect.closeTo(0.0331, 4), 1])
})

test('a GLB of nothing is still a valid scene', async () => {
  const nothing = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }
  const { issues } = await gltfValidator.validateBytes(
    encodeGlb([{ name: 'a', color: [0, 0, 0], mesh: nothing }], 'test')
  )
  expect(issues.numErrors).toBe(0)
})

test('an OBJ numbers the vertices of its objects on and on, and names a material for each', () => {
  const { obj, mtl } = encodeObj(shapes, 'ear.mtl')
  const lines = obj.split('\n')
  expect(lines).toContain('mtllib ear.mtl')
  expect(lines.filter((line) => line.startsWith('o '))).toEqual(['o Cochlea_right', 'o Vestibule_right'])
  expect(lines.filter((line) => line.startsWith('v '))[1]).toBe('v -39.0000 10.0000 1200.0000')
  expect(lines.filter((line) => line.startsWith('vn '))).toHaveLength(8)
  const faces = lines.filter((line) => line.startsWith('f '))
  expect([faces[0], faces[4]]).toEqual(['f 1//1 3//3 2//2', 'f 5//5 7//7 6//6'])
  expect(mtl).toContain('newmtl Cochlea_right\nKd 1.0000 0.0000 0.2000\n')
})

test('a PLY holds its header, coloured vertices and faces of three', () => {
  const bytes = encodePly(shapes)
  const text = new TextDecoder('latin1').decode(bytes)
  const start = text.indexOf('end_header\n') + 'end_header\n'.length
  expect(text).toContain('element vertex 8\n')
  expect(text).toContain('element face 8\n')
  expect(bytes).toHaveLength(start + 8 * 15 + 8 * 13)
  const view = new DataView(bytes.buffer)
  expect([0, 4, 8].map((at) => view.getFloat32(start + at, true))).toEqual([-40, 10, 1200])
  expect([...bytes.subarray(start + 12, start + 15)]).toEqual([255, 0, 51])
  const secondShape = start + 8 * 15 + 4 * 13
  expect([bytes[secondShape], view.getInt32(secondShape + 1, true)]).toEqual([3, 4])
})
