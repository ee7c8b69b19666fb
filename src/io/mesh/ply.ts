import { mergeMeshes } from '../../core/mesh/mesh.ts'
import type { NamedMesh } from './named-mesh.ts'

const vertexBytes = 15
const faceBytes = 13

/** Surfaces as one binary little-endian PLY file with coloured vertices. PLY has no unit and no frame: LPS mm. */
export function encodePly(shapes: readonly NamedMesh[]): Uint8Array {
  const { vertices, triangles } = mergeMeshes(shapes.map(({ mesh }) => mesh))
  const [vertexCount, faceCount] = [vertices.length / 3, triangles.length / 3]
  const header = new TextEncoder().encode(
    [
      'ply',
      'format binary_little_endian 1.0',
      'comment otomark: inner ear surfaces, LPS mm',
      `element vertex ${vertexCount}`,
      ...['x', 'y', 'z'].map((axis) => `property float ${axis}`),
      ...['red', 'green', 'blue'].map((channel) => `property uchar ${channel}`),
      `element face ${faceCount}`,
      'property list uchar int vertex_indices',
      'end_header\n'
    ].join('\n')
  )
  const bytes = new Uint8Array(header.length + vertexBytes * vertexCount + faceBytes * faceCount)
  bytes.set(header)
  const view = new DataView(bytes.buffer)
  const colors = shapes.flatMap(({ mesh, color }) => new Array(mesh.vertices.length / 3).fill(color))
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const at = header.length + vertexBytes * vertex
    for (const axis of [0, 1, 2]) view.setFloat32(at + 4 * axis, vertices[3 * vertex + axis] as number, true)
    bytes.set(colors[vertex], at + 12)
  }
  for (let face = 0; face < faceCount; face++) {
    const at = header.length + vertexBytes * vertexCount + faceBytes * face
    bytes[at] = 3
    for (const corner of [0, 1, 2]) view.setInt32(at + 1 + 4 * corner, triangles[3 * face + corner] as number, true)
  }
  return bytes
}
