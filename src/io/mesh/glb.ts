import { vertexNormals } from '../../core/mesh/vertex-normals.ts'
import { joinBytes } from '../join-bytes.ts'
import type { NamedMesh } from './named-mesh.ts'

/** glTF's own numbers for what its buffers hold. */
const code = { float: 5126, unsignedInt: 5125, vertices: 34962, indices: 34963, json: 0x4e4f534a, binary: 0x004e4942 }

/** Turns LPS mm into glTF's metres with +Y up and +Z to the front: the patient stands upright and faces the viewer. */
const rootPlacement = { rotation: [-Math.SQRT1_2, 0, 0, Math.SQRT1_2], scale: [0.001, 0.001, 0.001] }

/**
 * Surfaces as a binary glTF 2.0 scene: a named node with smooth normals and a colour of its own for each. The vertices
 * are LPS mm; the root node says how they lie in glTF's frame.
 */
export function encodeGlb(shapes: readonly NamedMesh[], generator: string): Uint8Array {
  const drawn = shapes.filter(({ mesh }) => mesh.triangles.length > 0)
  const buffers = drawn.flatMap(({ mesh }) => [
    Float32Array.from(mesh.vertices),
    vertexNormals(mesh),
    Uint32Array.from(mesh.triangles)
  ])
  const offsets = buffers.map((_, n) => buffers.slice(0, n).reduce((sum, { byteLength }) => sum + byteLength, 0))
  const binary = new Uint8Array(buffers.reduce((sum, { byteLength }) => sum + byteLength, 0))
  for (const [n, { buffer, byteOffset, byteLength }] of buffers.entries()) {
    binary.set(new Uint8Array(buffer, byteOffset, byteLength), offsets[n] as number)
  }
  const scene = {
    asset: { version: '2.0', generator },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [
      {
        name: 'Inner ear (LPS mm)',
        ...rootPlacement,
        ...(drawn.length > 0 && { children: drawn.map((_, n) => n + 1) })
      },
      ...drawn.map(({ name }, mesh) => ({ name, mesh }))
    ],
    ...(drawn.length > 0 && {
      meshes: drawn.map(({ name }, n) => ({
        name,
        primitives: [{ attributes: { POSITION: 3 * n, NORMAL: 3 * n + 1 }, indices: 3 * n + 2, material: n }]
      })),
      materials: drawn.map(({ name, color }) => ({
        name,
        pbrMetallicRoughness: { baseColorFactor: [...color.map(linear), 1], metallicFactor: 0, roughnessFactor: 0.5 }
      })),
      accessors: buffers.map((values, n) => describeAccessor(values, n)),
      bufferViews: buffers.map(({ byteLength }, n) => ({
        buffer: 0,
        byteOffset: offsets[n],
        byteLength,
        target: n % 3 === 2 ? code.indices : code.vertices
      })),
      buffers: [{ byteLength: binary.length }]
    })
  }
  const json = new TextEncoder().encode(JSON.stringify(scene))
  return container([chunk(code.json, json, 0x20), ...(drawn.length > 0 ? [chunk(code.binary, binary, 0)] : [])])
}

function describeAccessor(values: Float32Array | Uint32Array, bufferView: number): object {
  if (values instanceof Uint32Array) {
    return { bufferView, componentType: code.unsignedInt, count: values.length, type: 'SCALAR' }
  }
  const along = (axis: number): Float32Array => values.filter((_, at) => at % 3 === axis)
  const limit = (pick: (a: number, b: number) => number): number[] => [0, 1, 2].map((axis) => along(axis).reduce(pick))
  return {
    bufferView,
    componentType: code.float,
    count: values.length / 3,
    type: 'VEC3',
    ...(bufferView % 3 === 0 && { min: limit((a, b) => Math.min(a, b)), max: limit((a, b) => Math.max(a, b)) })
  }
}

/** Colours are linear in glTF (IEC 61966-2-1, the inverse of sRGB's transfer function). */
function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function chunk(type: number, content: Uint8Array, padding: number): Uint8Array {
  const bytes = new Uint8Array(8 + 4 * Math.ceil(content.length / 4)).fill(padding)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bytes.length - 8, true)
  view.setUint32(4, type, true)
  bytes.set(content, 8)
  return bytes
}

function container(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = joinBytes([new Uint8Array(12), ...chunks])
  const view = new DataView(bytes.buffer)
  for (const [n, value] of [0x46546c67, 2, bytes.length].entries()) view.setUint32(4 * n, value, true)
  return bytes
}
