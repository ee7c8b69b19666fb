import { cross, normalize, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { Mesh } from '../../core/mesh/mesh.ts'

const headerBytes = 80
const triangleBytes = 50

/**
 * A mesh as binary STL. The header names the space as 3D Slicer expects it, so that LPS coordinates are not taken for
 * RAS. STL has no unit; the coordinates are mm.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { type EarFinding, encodeStl } from 'otomark'
 *
 * const writeCochlea = ({ surfaces }: EarFinding) => writeFile('cochlea.stl', encodeStl(surfaces.parts.cochlea))
 * ```
 */
export function encodeStl(mesh: Mesh): Uint8Array {
  const count = mesh.triangles.length / 3
  const bytes = new Uint8Array(headerBytes + 4 + triangleBytes * count)
  bytes.set(new TextEncoder().encode('otomark labyrinth surface, mm, SPACE=LPS'))
  const view = new DataView(bytes.buffer)
  view.setUint32(headerBytes, count, true)
  for (let t = 0; t < count; t++) {
    const corner = (n: number): Vector3 => vertexOf(mesh, mesh.triangles[3 * t + n] as number)
    const [a, b, c] = [corner(0), corner(1), corner(2)]
    const at = headerBytes + 4 + triangleBytes * t
    setVector(view, at, faceNormal(a, b, c))
    setVector(view, at + 12, a)
    setVector(view, at + 24, b)
    setVector(view, at + 36, c)
  }
  return bytes
}

function setVector(view: DataView, at: number, [x, y, z]: Vector3): void {
  view.setFloat32(at, x, true)
  view.setFloat32(at + 4, y, true)
  view.setFloat32(at + 8, z, true)
}

function vertexOf({ vertices }: Mesh, index: number): Vector3 {
  return [vertices[3 * index] as number, vertices[3 * index + 1] as number, vertices[3 * index + 2] as number]
}

/** The outward unit normal of a triangle; zero when its corners lie on a line, as the STL convention allows. */
function faceNormal(a: Vector3, b: Vector3, c: Vector3): Vector3 {
  const normal = cross(subtract(b, a), subtract(c, a))
  return normal.every((v) => v === 0) ? [0, 0, 0] : normalize(normal)
}
